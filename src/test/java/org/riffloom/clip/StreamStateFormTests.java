package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StreamStateFormTests {

    private static final StreamState STATE = StreamState.written(out -> out.writeUTF("sound"));

    @Test
    void givesItsPartsBack() throws IOException {
        StreamState.of(STATE.toArray()).read(in -> assertThat(in.readUTF()).isEqualTo("sound"));
        assertThat(StreamState.of(STATE.toArray())).isEqualTo(STATE);
        assertThat(STATE.isSilence()).isFalse();
        assertThat(StreamState.SILENCE.isSilence()).isTrue();
    }

    @Test
    void refusesWhatIsCutShortOrDamaged() {
        byte[] whole = STATE.toArray();
        for (int length = 0; length < whole.length; length++) {
            refuses(Arrays.copyOf(whole, length));
        }
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            refuses(damaged);
        }
        refuses(new byte[StreamState.MAX_BYTES + 1]);
    }

    private static void refuses(byte[] bytes) {
        assertThatThrownBy(() -> StreamState.of(bytes).read(in -> in.readUTF())).isInstanceOf(IOException.class);
    }

    @Test
    void refusesWhatHasMoreOrLessThanTheParts() {
        assertThatThrownBy(() -> STATE.read(in -> in.readByte())).hasMessageContaining("6 bytes more");
        assertThatThrownBy(() -> STATE.read(in -> in.readFully(new byte[8]))).isInstanceOf(IOException.class);
    }
}
