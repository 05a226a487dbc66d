package org.riffloom.audio;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The packets of an Ogg Vorbis stream (Vorbis I specification). */
final class VorbisPackets implements OggSound.Codec {

    /** In the place of the stream's own comments, which may be long: no vendor, none, and the bit that ends them. */
    private static final byte[] NO_COMMENTS = "\3vorbis\0\0\0\0\0\0\0\0\1".getBytes(StandardCharsets.ISO_8859_1);

    private final Info info = new Info();
    private final DspState state = new DspState();
    private final Block block;
    private final Packet packet = new Packet();
    private final float[][][] decoded = new float[1][][];
    private final int[] offsets;

    VorbisPackets(byte[] head, byte[] setup, String name) throws UnreadableSoundException {
        info.init();
        Comment comment = new Comment();
        comment.init();
        boolean known = accepts(comment, head, true);
        if (known) {
            WaveFormat.requirePlayable(info.channels, info.rate, name);
            known = VorbisSetup.isPlausible(setup)
                    && accepts(comment, NO_COMMENTS, false)
                    && accepts(comment, setup, false);
        }
        if (!known) {
            throw new UnreadableSoundException(name, "it is damaged; its head is none.");
        }
        state.synthesis_init(info);
        block = new Block(state);
        offsets = new int[info.channels];
    }

    private boolean accepts(Comment comment, byte[] header, boolean first) {
        fill(header);
        packet.b_o_s = first ? 1 : 0;
        return info.synthesis_headerin(comment, packet) >= 0;
    }

    private void fill(byte[] bytes) {
        packet.packet_base = bytes;
        packet.packet = 0;
        packet.bytes = bytes.length;
        packet.granulepos = -1;
    }

    @Override
    public int channels() {
        return info.channels;
    }

    @Override
    public int sampleRate() {
        return info.rate;
    }

    @Override
    public int preSkip() {
        return 0;
    }

    /** What is not sound is passed over, as the specification has it. */
    @Override
    public void decode(byte[] bytes, SampleOutput samples) throws IOException {
        fill(bytes);
        packet.b_o_s = 0;
        if (block.synthesis(packet) != 0) {
            return;
        }
        state.synthesis_blockin(block);
        int count = state.synthesis_pcmout(decoded, offsets);
        while (count > 0) {
            float[][] to = samples.grow(count);
            int at = samples.at();
            for (int c = 0; c < to.length; c++) {
                System.arraycopy(decoded[0][c], offsets[c], to[c], at, count);
            }
            state.synthesis_read(count);
            count = state.synthesis_pcmout(decoded, offsets);
        }
    }
}
