package org.riffloom.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTests {

    @Test
    void idsDifferAndCanBePutIntoAnAddress() {
        assertThat(Stream.generate(ClipId::random).limit(1_000).collect(Collectors.toSet()))
                .hasSize(1_000)
                .allSatisfy(id -> assertThat(id.toString()).matches("[A-Za-z0-9_-]{22}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../../etc/passwd", "q83vEjRWeJCrze8SNFZ4k", "q83vEjRWeJCrze8SNFZ4k/"})
    void nothingElseIsAnId(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClipId(text));
    }

    @Test
    void everyReaderOfAMediumStartsAtItsBeginning() {
        EncodedMedia media = EncodedMedia.of("audio/wav", new byte[] {1, 2, 3});
        ByteBuffer first = media.bytes();
        first.get();
        assertThat(first.isReadOnly()).isTrue();
        assertThat(media.bytes().remaining()).isEqualTo(3);
        assertThat(media.size()).isEqualTo(3);
        assertThat(media).isEqualTo(EncodedMedia.of("audio/wav", new byte[] {1, 2, 3}));
    }
}
