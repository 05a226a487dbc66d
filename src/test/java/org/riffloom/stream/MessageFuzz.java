package org.riffloom.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.riffloom.fuzz.FuzzedFile;
import org.riffloom.prompt.InvalidRequestException;

/** Fuzz target: what a client of the live protocol may send. */
public final class MessageFuzz {

    private static final MessageReader READER = new MessageReader();

    private MessageFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        FuzzedFile.bounded(() -> READER.read(text), bytes.length, InvalidRequestException.class);
    }
}
