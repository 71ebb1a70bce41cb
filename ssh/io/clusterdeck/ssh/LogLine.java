package io.clusterdeck.ssh;

/**
 * One whole line of a followed file.
 *
 * @param file as it was asked for
 * @param inode of the file that held it, so that rotations can be told apart
 * @param offset of its first byte in that file; −1 where it can't be told
 */
public record LogLine(HostName host, RemotePath file, long inode, long offset, String text) {}
