package org.riffloom;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;

/**
 * A stream that the test makes up, in the place of the server's: clips of any length, sound and picture, as early as the
 * test wants them. What goes wrong in the page is then not the model's doing, nor the machine's.
 */
final class ClipFeed {

    static final int RATE = 44_100;

    /** Columns of a picture in a second, and rows. */
    static final int COLUMNS_PER_SECOND = 100;

    private static final int ROWS = 512;

    private static final Pattern NUMBER = Pattern.compile("\"(index|riff)\":(\\d+)");
    private static final Pattern CLIP = Pattern.compile("/clips/clip-(\\d+)/(sound|picture)\\.");

    /** What a clip sounds and looks like. */
    record Media(byte[] wav, byte[] png) {}

    private final int ahead;
    private final double seconds;
    private final IntFunction<Media> making;
    private final Map<Integer, Media> made = new HashMap<>();
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> fetched = new ArrayList<>();
    private IntPredicate forgotten = index -> false;
    /** Clips from here on are not sent yet. */
    private int late = Integer.MAX_VALUE;

    private @Nullable WebSocketRoute socket;
    private boolean started;
    private int next;
    private int played = -1;

    /**
     * @param ahead clips that are sent ahead of the one that was played last
     * @param seconds that each of them lasts, a whole number of columns
     */
    ClipFeed(int ahead, double seconds, IntFunction<Media> making) {
        this.ahead = ahead;
        this.seconds = seconds;
        this.making = making;
    }

    /** Takes the place of the server's stream in a page that is not open yet. */
    void routeFor(Page page) {
        page.routeWebSocket("**/ws/riff", this::serve);
        page.route(CLIP, this::serveClip);
    }

    /** Clips whose files the server no longer has. */
    void forget(IntPredicate which) {
        forgotten = which;
    }

    /** Sends no clips from this one on. */
    void hold(int index) {
        late = index;
    }

    /** Sends what was held. */
    void release() {
        late = Integer.MAX_VALUE;
        sendAhead();
    }

    /** What the page has said, in order. */
    List<String> received() {
        return received;
    }

    /** What the page has reported as played, in order. */
    List<Integer> playedReports() {
        return received.stream()
                .filter(text -> text.contains("\"played\""))
                .map(text -> number(text, "index"))
                .toList();
    }

    /** The clips that the page has asked for once more. */
    List<Integer> fetched() {
        return List.copyOf(fetched);
    }

    private void serve(WebSocketRoute socket) {
        this.socket = socket;
        socket.onMessage(frame -> {
            String text = frame.text();
            received.add(text);
            started |= text.contains("\"start\"");
            if (text.contains("\"played\"")) {
                played = Math.max(played, number(text, "index"));
            }
            sendAhead();
        });
        socket.send("""
                {"type":"hello","protocol":1,"model":"feed","sampleRate":44100,"clipSeconds":%s,"aheadClips":%d,
                 "audio":["wav"],"defaults":{"seed":42,"seedImage":null,"denoising":0.75,"guidance":3,"steps":20,
                 "negativePrompt":"","maskImage":null,"scheduler":null,"loras":null},"seedImages":[],"maskImages":[],
                 "schedulers":[],"loras":{},"examplePrompts":["jazz piano"]}""".formatted(seconds, ahead));
    }

    private void sendAhead() {
        while (started && socket != null && next < late && next <= played + ahead) {
            send(socket, next++);
        }
    }

    private void send(WebSocketRoute socket, int index) {
        Media media = media(index);
        String prompt = index / 6 % 2 == 0 ? "jazz piano" : "church bells";
        socket.send(String.format(
                Locale.ROOT, """
                {"type":"clip","riff":1,"index":%d,"id":"clip-%d","seconds":%s,"imageOffsetSeconds":0.055,
                 "generationSeconds":1.04,"startPrompt":"%s","endPrompt":"%s","alpha":0,"startSeed":42,"endSeed":42,
                 "seedImage":null,"denoising":0.75,"guidance":3.0,"steps":20,"negativePrompt":"","maskImage":null,
                 "scheduler":null,"loras":null,"audio":{"mediaType":"audio/wav","bytes":%d},
                 "image":{"mediaType":"image/png","bytes":%d}}""", index, index, seconds, prompt, prompt, media.wav().length, media.png().length));
        socket.send(media.wav());
        socket.send(media.png());
    }

    private Media media(int index) {
        return made.computeIfAbsent(index, making::apply);
    }

    private void serveClip(Route route) {
        Matcher clip = CLIP.matcher(route.request().url());
        if (!clip.find()) {
            throw new IllegalStateException("No clip: " + route.request().url());
        }
        int index = Integer.parseInt(clip.group(1));
        fetched.add(index);
        if (forgotten.test(index)) {
            route.fulfill(new Route.FulfillOptions().setStatus(404));
        } else {
            byte[] file = clip.group(2).equals("sound")
                    ? media(index).wav()
                    : media(index).png();
            route.fulfill(new Route.FulfillOptions().setBodyBytes(file));
        }
    }

    private static int number(String text, String name) {
        return NUMBER.matcher(text)
                .results()
                .filter(result -> result.group(1).equals(name))
                .mapToInt(result -> Integer.parseInt(result.group(2)))
                .findFirst()
                .orElseThrow();
    }

    /** Noise, different in each clip, under a picture that is as loud as its number is odd or even. */
    static Media noise(int index, double seconds) {
        Random random = new Random(index);
        float[] samples = new float[(int) Math.round(seconds * RATE)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextFloat(-0.4f, 0.4f);
        }
        int columns = (int) Math.round(seconds * COLUMNS_PER_SECOND);
        return new Media(wav(samples), png(columns, column -> column % 16 < 4 + 4 * (index % 2)));
    }

    static byte[] wav(float[] samples) {
        try {
            ByteArrayOutputStream wav = new ByteArrayOutputStream();
            WaveWriter.write(new Waveform(RATE, new float[][] {samples}), wav);
            return wav.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture whose columns are silent or as loud as can be. */
    static byte[] png(int columns, IntPredicate loud) {
        BufferedImage image = new BufferedImage(columns, ROWS, BufferedImage.TYPE_INT_RGB);
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < ROWS; row++) {
                image.setRGB(column, row, loud.test(column) ? 0 : 0xffffff);
            }
        }
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
