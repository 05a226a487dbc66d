package org.riffloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class SoundBarTests {

    @Test
    void tellsHowMuchIsDoneAndHowLongTheRestTakes() {
        assertThat(SoundBar.text(20, 195, 10)).isEqualTo("0:20 of 3:15, about 1:28 left");
        assertThat(SoundBar.text(20.4, 0, 10)).isEqualTo("0:21 done");
        assertThat(SoundBar.text(7_200, 7_200, 10)).isEqualTo("120:00 of 120:00, about 0:00 left");
    }

    @Test
    void showsABarOnATerminalAndIsQuietElsewhereAtFirst() {
        StringWriter terminal = new StringWriter();
        new SoundBar(new StatusLine(new PrintWriter(terminal), true)).onProgress(30, 60);
        assertThat(terminal.toString()).contains("[############------------] 0:30 of 1:00");
        StringWriter file = new StringWriter();
        new SoundBar(new StatusLine(new PrintWriter(file), false)).onProgress(30, 60);
        assertThat(file.toString()).isEmpty();
    }
}
