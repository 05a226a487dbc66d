package org.riffloom.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A listener on a real socket, whose frames arrive in a queue. Waits for nothing longer than a generous bound. */
final class TestClient implements WebSocket.Listener, AutoCloseable {

    static final int BOUND_SECONDS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    /** A whole message. */
    sealed interface Frame {
        record Text(JsonNode json) implements Frame {}

        record Binary(byte[] bytes) implements Frame {}

        record Close(int code) implements Frame {}
    }

    /** A clip, with the two frames that followed its message. */
    record Received(JsonNode message, byte[] audio, byte[] image) {
        int index() {
            return message.get("index").intValue();
        }

        String recipe() {
            return "%s → %s @%s"
                    .formatted(
                            message.get("startPrompt").stringValue(),
                            message.get("endPrompt").stringValue(),
                            message.get("alpha"));
        }
    }

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final WebSocket socket;

    private TestClient(URI uri) {
        socket = HTTP.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    static TestClient connect(URI uri) {
        return new TestClient(uri);
    }

    TestClient send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    TestClient sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    TestClient start(String prompt) {
        return send("{\"type\":\"start\",\"prompt\":\"" + prompt + "\"}");
    }

    TestClient played(int index) {
        return send("{\"type\":\"played\",\"index\":" + index + "}");
    }

    Frame frame() {
        try {
            Frame frame = frames.poll(BOUND_SECONDS, TimeUnit.SECONDS);
            assertThat(frame).as("a frame within %d seconds", BOUND_SECONDS).isNotNull();
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next text frame of a type; other texts are skipped, anything else is wrong. */
    JsonNode await(String type) {
        while (true) {
            Frame frame = frame();
            assertThat(frame).as("waiting for %s", type).isInstanceOf(Frame.Text.class);
            JsonNode json = ((Frame.Text) frame).json();
            if (json.get("type").stringValue().equals(type)) {
                return json;
            }
            assertThat(json.get("type").stringValue()).isIn("queued", "progress", "hello", "error", "loading");
        }
    }

    /** The next clip, whose two binary frames must follow at once. */
    Received awaitClip() {
        JsonNode message = await("clip");
        return new Received(message, media(message.get("audio")), media(message.get("image")));
    }

    List<Received> awaitClips(int count) {
        List<Received> clips = new ArrayList<>();
        while (clips.size() < count) {
            clips.add(awaitClip());
        }
        return clips;
    }

    private byte[] media(JsonNode announced) {
        Frame frame = frame();
        assertThat(frame).as("%s", announced).isInstanceOf(Frame.Binary.class);
        byte[] bytes = ((Frame.Binary) frame).bytes();
        assertThat(bytes).hasSize(announced.get("bytes").intValue());
        return bytes;
    }

    /** The code with which the server closes; whatever comes before it is skipped. */
    int awaitClose() {
        while (true) {
            if (frame() instanceof Frame.Close close) {
                return close.code();
            }
        }
    }

    /** Goes without a word. */
    void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            frames.add(new Frame.Text(JSON.readTree(text.toString())));
            text.setLength(0);
        }
        webSocket.request(1);
        return done();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        binary.writeBytes(part);
        if (last) {
            frames.add(new Frame.Binary(binary.toByteArray()));
            binary.reset();
        }
        webSocket.request(1);
        return done();
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        frames.add(new Frame.Close(statusCode));
        return done();
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        frames.add(new Frame.Close(-1));
    }

    private static CompletionStage<?> done() {
        return CompletableFuture.completedFuture(null);
    }
}
