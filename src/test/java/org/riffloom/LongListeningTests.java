package org.riffloom;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * An hour of listening in about a minute: as many clips as an hour has, each of them shorter. What the page keeps of a
 * clip is as much as it ever is, but for the sound that is being played.
 *
 * <p>What the browser compiles of the page's scripts is left out: these five minutes are over in five seconds, when it has
 * only just begun to.
 */
class LongListeningTests extends BrowserTests {

    /** Of 5.12 seconds. */
    private static final int CLIPS_OF_AN_HOUR = 703;

    private static final int CLIPS_OF_FIVE_MINUTES = 59;

    private static final double SECONDS = 0.08;

    /** What is in use swings by a twentieth with each clip that comes, and by another one with each change of prompt. */
    private static final int READINGS = 9;

    private static final int CLIPS_BETWEEN_READINGS = 5;

    /** Different ones, so that nothing can be kept only once. */
    private static final int PICTURES = 64;

    /** Counts what is on the graphics card. */
    private static final String COUNT_TEXTURES = """
            window.textures = 0;
            const { createTexture, deleteTexture } = WebGL2RenderingContext.prototype;
            WebGL2RenderingContext.prototype.createTexture = function () {
              textures++;
              return createTexture.call(this);
            };
            WebGL2RenderingContext.prototype.deleteTexture = function (texture) {
              textures--;
              deleteTexture.call(this, texture);
            };
            """;

    /** In bytes, and without what is compiled of scripts. */
    private record Memory(double heap, double buffers, double nodes, int elements, int textures) {

        double total() {
            return heap + buffers;
        }

        Memory least(Memory other) {
            return new Memory(
                    Math.min(heap, other.heap),
                    Math.min(buffers, other.buffers),
                    Math.min(nodes, other.nodes),
                    Math.min(elements, other.elements),
                    Math.min(textures, other.textures));
        }

        Memory without(double compiled) {
            return new Memory(heap - compiled, buffers, nodes, elements, textures);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "heap %.2f MB, buffers %.2f MB, %.0f nodes (%d elements), %d textures",
                    heap / 1e6,
                    buffers / 1e6,
                    nodes,
                    elements,
                    textures);
        }
    }

    @Test
    void anHourTakesNoMoreMemoryThanFiveMinutes() {
        ClipFeed.Media[] clips = IntStream.range(0, PICTURES)
                .mapToObj(index -> ClipFeed.noise(index, SECONDS))
                .toArray(ClipFeed.Media[]::new);
        ClipFeed feed = new ClipFeed(40, SECONDS, index -> clips[index % PICTURES]);
        Page page = open(new Browser.NewContextOptions().setViewportSize(640, 480), "", fresh -> {
            feed.routeFor(fresh);
            fresh.addInitScript(COUNT_TEXTURES);
        });
        type(page, "jazz piano");
        Memory early = after(page, CLIPS_OF_FIVE_MINUTES);
        Memory late = after(page, CLIPS_OF_AN_HOUR);
        System.out.println("After 5 minutes: " + early + System.lineSeparator() + "After 60 minutes: " + late);
        // Some 700 bytes of the heap are what is known of a clip for the whole visit.
        assertThat(late.total()).isLessThan(1.1 * early.total());
        assertThat(late.buffers()).isLessThan(1.1 * early.buffers());
        assertThat(late.nodes()).isLessThan(1.1 * early.nodes());
        // One prompt more may be on its way at the one moment than at the other.
        assertThat((double) late.elements()).isLessThan(1.1 * early.elements());
        assertThat(late.textures()).isEqualTo(early.textures()).isPositive();

        page.keyboard().press("Home");
        await(page, "riffloom.position < 2");
        Memory back = after(page, 0);
        System.out.println("Back at the beginning: " + back);
        // Half a minute of sound is scheduled ahead, which is much more here than the clips that are kept.
        assertThat(back.heap()).isLessThan(1.1 * late.heap());
        assertThat(back.nodes()).isLessThan(1.1 * late.nodes());
        assertThat(back.textures()).isEqualTo(late.textures());
    }

    /** What there is at the least about that time. */
    private Memory after(Page page, int clips) {
        return IntStream.range(0, READINGS)
                .mapToObj(reading -> read(page, clips + reading * CLIPS_BETWEEN_READINGS))
                .reduce(Memory::least)
                .orElseThrow()
                .without(compiled(page));
    }

    private Memory read(Page page, int clips) {
        await(page, "riffloom.position > " + clips * SECONDS);
        CDPSession session = context.newCDPSession(page);
        session.send("HeapProfiler.enable");
        session.send("HeapProfiler.collectGarbage");
        session.send("Performance.enable");
        JsonArray metrics = session.send("Performance.getMetrics").getAsJsonArray("metrics");
        JsonObject heap = session.send("Runtime.getHeapUsage");
        session.detach();
        return new Memory(
                heap.get("usedSize").getAsDouble(),
                heap.get("backingStorageSize").getAsDouble(),
                metric(metrics, "Nodes"),
                ((Number) page.evaluate("document.querySelectorAll('*').length")).intValue(),
                ((Number) page.evaluate("textures")).intValue());
    }

    /** The bytes on the heap that are code: machine's, interpreter's, and what is noted to compile it better. */
    private double compiled(Page page) {
        CDPSession session = context.newCDPSession(page);
        StringBuilder text = new StringBuilder();
        session.on(
                "HeapProfiler.addHeapSnapshotChunk",
                event -> text.append(event.get("chunk").getAsString()));
        session.send("HeapProfiler.takeHeapSnapshot");
        session.detach();
        JsonObject snapshot = JsonParser.parseString(text.toString()).getAsJsonObject();
        JsonObject meta = snapshot.getAsJsonObject("snapshot").getAsJsonObject("meta");
        List<JsonElement> fields = meta.getAsJsonArray("node_fields").asList();
        int type = fields.indexOf(new JsonPrimitive("type"));
        int size = fields.indexOf(new JsonPrimitive("self_size"));
        int code = meta.getAsJsonArray("node_types")
                .get(type)
                .getAsJsonArray()
                .asList()
                .indexOf(new JsonPrimitive("code"));
        JsonArray nodes = snapshot.getAsJsonArray("nodes");
        return IntStream.iterate(0, node -> node < nodes.size(), node -> node + fields.size())
                .filter(node -> nodes.get(node + type).getAsInt() == code)
                .mapToDouble(node -> nodes.get(node + size).getAsDouble())
                .sum();
    }

    private static double metric(JsonArray metrics, String name) {
        for (JsonElement metric : metrics) {
            if (metric.getAsJsonObject().get("name").getAsString().equals(name)) {
                return metric.getAsJsonObject().get("value").getAsDouble();
            }
        }
        throw new IllegalStateException("The browser does not tell " + name);
    }
}
