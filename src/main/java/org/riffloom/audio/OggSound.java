package org.riffloom.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads Ogg files whose first stream is Opus or Vorbis, to the sample: the last page says where the sound ends. */
final class OggSound {

    /** Far more than any packet of sound has. */
    private static final int MAX_PACKET_BYTES = 1 << 17;

    /** Decodes the packets of one stream. */
    interface Codec {

        int channels();

        int sampleRate();

        /** Samples at the beginning that are not of the sound, though positions count them. */
        int preSkip();

        /**
         * Decodes the next packet.
         *
         * @throws UnreadableSoundException if it is damaged
         * @throws IOException if samples are not taken
         */
        void decode(byte[] packet, SampleOutput samples) throws IOException;
    }

    private OggSound() {}

    /**
     * Reads a stream.
     *
     * @throws UnreadableSoundException if it is damaged, cut short, or of a kind that is not supported
     */
    static void read(InputStream in, String name, SoundSink sink) throws IOException {
        OggReader packets = new OggReader(in, name);
        Codec codec = codec(packets, name);
        SampleOutput samples = new SampleOutput(name, codec.sampleRate(), codec.channels(), 0, sink);
        samples.skip(codec.preSkip());
        long start = 0;
        boolean started = false;
        Optional<byte[]> packet = packets.next(MAX_PACKET_BYTES);
        while (packet.isPresent()) {
            if (packets.lastPage()) {
                // Its packets may have more samples than the sound.
                samples.hold(Integer.MAX_VALUE);
            }
            codec.decode(packet.get(), samples);
            if (!started && packets.endsPage()) {
                // A stream may be cut out of a longer one, whose positions it keeps.
                start = packets.lastPage() ? 0 : Math.max(0, packets.position() - samples.length());
                started = true;
            }
            packet = packets.next(MAX_PACKET_BYTES);
        }
        samples.finish(Math.max(0, Math.min(samples.length(), packets.position() - start)));
    }

    private static Codec codec(OggReader packets, String name) throws IOException {
        byte[] head = packets.next(MAX_PACKET_BYTES).orElse(new byte[0]);
        if (startsWith(head, "OpusHead")) {
            packets.skip();
            return new OpusPackets(head, name);
        }
        if (startsWith(head, "\1vorbis")) {
            packets.skip();
            byte[] setup = packets.next(MAX_PACKET_BYTES).orElse(new byte[0]);
            return new VorbisPackets(head, setup, name);
        }
        throw new UnreadableSoundException(name, "its first stream is neither Opus nor Vorbis.");
    }

    private static boolean startsWith(byte[] packet, String magic) {
        byte[] bytes = magic.getBytes(StandardCharsets.US_ASCII);
        return packet.length >= bytes.length && Arrays.equals(packet, 0, bytes.length, bytes, 0, bytes.length);
    }
}
