package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostSpec;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostLinesTest {

    /** name=user@address:port, what is not given left out. */
    private static String shown(HostSpec h) {
        var target = (h.user() == null ? "" : h.user() + "@") + h.address() + (h.port() == 0 ? "" : ":" + h.port());
        return h.name().value().equals(h.address()) ? target : h.name() + "=" + target;
    }

    private static String read(String text) {
        return HostLines.read(text.replace("\\n", "\n").replace("\\t", "\t")).hosts().stream()
                .map(HostLinesTest::shown)
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.11 | 10.0.0.11",
                "ops@10.0.0.12:2222 | ops@10.0.0.12:2222",
                "web1 | web1",
                "local | local",
                "10.0.0.11, 10.0.0.12;10.0.0.13 10.0.0.14 | 10.0.0.11 10.0.0.12 10.0.0.13 10.0.0.14",
                "10.0.0.[11-13] | 10.0.0.11 10.0.0.12 10.0.0.13",
                "ops@10.0.0.[9-10,20]:2222 | ops@10.0.0.9:2222 ops@10.0.0.10:2222 ops@10.0.0.20:2222",
                "10.0.0.11-13 | 10.0.0.11 10.0.0.12 10.0.0.13",
                "web[08-10].lan | web08.lan web09.lan web10.lan",
                "# the shop\\n"
                        + "10.0.0.11 shop1 shop1.lan # first\\n"
                        + "\\n"
                        + "10.0.0.12\\tshop2 | shop1=10.0.0.11 shop2=10.0.0.12",
                "h1 10.0.0.11\\nh2 ops@10.0.0.12 | h1=10.0.0.11 h2=ops@10.0.0.12",
                "[redis]\\nr1 ansible_host=10.0.0.21 ansible_user=ops ansible_port=2222\\nr2 ansible_host=10.0.0.22"
                        + " | r1=ops@10.0.0.21:2222 r2=10.0.0.22",
                "ssh -p 2222 ops@10.0.0.11 | ops@10.0.0.11:2222",
                "fd00::11 [fd00::12]:2222 | fd00::11 fd00::12:2222",
                "web-1.example.com web_2 | web-1.example.com web_2",
            })
    void readsWhatPeopleHaveAtHand(String text, String hosts) {
        assertEquals(hosts, read(text));
        assertEquals(
                0,
                HostLines.read(text.replace("\\n", "\n").replace("\\t", "\t"))
                        .mistakes()
                        .size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.[16-11] | build.hosts.range",
                "10.0.0.[1-999999] | build.hosts.range",
                "10.0.0.300 | build.hosts.bad",
                "10.0.0 | build.hosts.bad",
                "10.0.0.[254-257] | build.hosts.bad",
                "what(is)this | build.hosts.bad",
                "10.0.0.1:70000 | build.hosts.bad",
                "10.0.[0-9,20].[1-2] | build.hosts.bad",
            })
    void saysWhatItCannotRead(String text, String why) {
        var read = HostLines.read(text);
        assertEquals(
                java.util.List.of(why), read.mistakes().stream().map(Say::key).toList());
        assertEquals("", read(text));
    }

    @Test
    void aSlipInARangeIsStopped() {
        var read = HostLines.read("10.0.[0-250].1 10.1.[0-250].1");
        assertEquals("build.hosts.many", read.mistakes().getFirst().key());
        assertEquals(0, read.hosts().size());
    }
}
