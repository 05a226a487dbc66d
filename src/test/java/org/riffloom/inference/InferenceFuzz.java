package org.riffloom.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.riffloom.fuzz.FuzzedFile;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.stream.SyntheticModel;

/** Fuzz target: what a client of Riffusion's API may ask for. */
public final class InferenceFuzz {

    private static final InferenceReader READER = reader();

    private InferenceFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String body = new String(bytes, UTF_8);
        FuzzedFile.bounded(() -> READER.read(body), bytes.length, InvalidRequestException.class);
    }

    private static InferenceReader reader() {
        SyntheticModel model = new SyntheticModel();
        model.load();
        return new InferenceReader(model.model().toCompletableFuture().join());
    }
}
