package io.clusterdeck.views;

/** Where the program starts: a word runs one operation, no word opens the window. Must not extend Application (JavaFX on the module path). */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.out.println("clusterdeck " + String.join(" ", args));
    }
}
