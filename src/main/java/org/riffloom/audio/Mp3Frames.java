package org.riffloom.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * The frames of an MP3 file as a stream of bytes, one after the other: what is between and behind them is left out, and so
 * is a first frame that is an {@link InfoTag}.
 */
final class Mp3Frames extends InputStream {

    /** How much that is no frame may come at once, such as tags behind the last one. */
    private static final int MAX_OTHER_BYTES = 1 << 20;

    private final InputStream in;
    private final String name;
    private final Mp3Header first;
    private final InfoTag.Told told;
    private byte[] frame;
    private int at;
    private int frames;

    /**
     * @param in at the beginning of a frame, supports marks
     * @throws EOFException if the first frame is cut short
     */
    Mp3Frames(InputStream in, String name) throws IOException {
        this.in = in;
        this.name = name;
        in.mark(Mp3Header.BYTES);
        this.first = Mp3Header.at(in.readNBytes(Mp3Header.BYTES), 0);
        in.reset();
        this.frame = take(first);
        this.told = InfoTag.read(frame, first).orElse(new InfoTag.Told(0, -1, 0));
        if (InfoTag.read(frame, first).isPresent()) {
            at = frame.length;
        } else {
            frames = 1;
        }
    }

    /** Where the first frame begins that another one, or the end, follows where it should; if there is any. */
    static OptionalInt find(byte[] beginning) {
        ByteBuffer bytes = ByteBuffer.wrap(beginning);
        for (int i = 0; i <= beginning.length - Mp3Header.BYTES; i++) {
            int bits = bytes.getInt(i);
            if (Mp3Header.isOne(bits)) {
                Mp3Header header = new Mp3Header(bits);
                int next = i + header.frameBytes();
                if (next == beginning.length
                        || (next <= beginning.length - Mp3Header.BYTES && header.continuesWith(bytes.getInt(next)))) {
                    return OptionalInt.of(i);
                }
            }
        }
        return OptionalInt.empty();
    }

    Mp3Header first() {
        return first;
    }

    /** What the file says of itself. */
    InfoTag.Told told() {
        return told;
    }

    /** Frames of sound that were found so far. */
    int frames() {
        return frames;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == frame.length && !next()) {
            return -1;
        }
        int count = Math.min(length, frame.length - at);
        System.arraycopy(frame, at, bytes, offset, count);
        at += count;
        return count;
    }

    private boolean next() throws IOException {
        for (int other = 0; other < MAX_OTHER_BYTES; other++) {
            in.mark(Mp3Header.BYTES);
            byte[] header = in.readNBytes(Mp3Header.BYTES);
            in.reset();
            if (header.length < Mp3Header.BYTES) {
                return false;
            }
            int bits = ByteBuffer.wrap(header).getInt();
            if (first.continuesWith(bits)) {
                frame = take(new Mp3Header(bits));
                at = 0;
                frames++;
                return true;
            }
            in.skipNBytes(1);
        }
        throw new UnreadableSoundException(name, "it is damaged; a megabyte of it is no sound.");
    }

    private byte[] take(Mp3Header header) throws IOException {
        byte[] taken = in.readNBytes(header.frameBytes());
        if (taken.length < header.frameBytes()) {
            throw new UnreadableSoundException(name, "it is cut short; its last frame is not whole.");
        }
        return taken;
    }
}
