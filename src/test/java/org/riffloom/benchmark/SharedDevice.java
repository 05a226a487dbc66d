package org.riffloom.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.riffloom.audio.InversionQuality;
import org.riffloom.clip.ClipStream;
import org.riffloom.clip.DiffusionClips;
import org.riffloom.clip.HubProperties;
import org.riffloom.clip.ModelProperties;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;

/**
 * Four sessions on one device: clips made one at a time, as with {@code riffloom.work.workers=1}, against clips whose
 * steps share passes of the network. Prints, for each way and round, the time for each clip while all four always want the
 * next one, and how long a session that comes late waits for its first clip while three always want the next one; each on
 * the clock and as the processor time that this process had meanwhile, which other work on the machine does not lengthen.
 * Then the medians, and the medians of the ratios to one at a time in the same round. The ways take turns at going first.
 *
 * <p>Arguments: a model, libtorch's threads, the number of rounds, then limits of the batch.
 */
public final class SharedDevice {

    private static final int SESSIONS = 4;
    private static final int CLIPS = 2;
    private static final String ONE_AT_A_TIME = "one at a time";
    private static final List<String> PROMPTS = List.of("jazz piano", "church bells", "electronic beats", "flute");

    /** By what is measured, then by the way: a figure for each round. */
    private final Map<String, Map<String, List<Double>>> figures = new TreeMap<>();

    private SharedDevice() {}

    /** A way to make the clips of several sessions. */
    private record Way(String name, DiffusionClips clips, boolean inTurn) {}

    public static void main(String[] args) throws Exception {
        if (args.length < 4) {
            System.err.println("usage: SharedDevice MODEL THREADS ROUNDS BATCH...");
            System.exit(2);
        }
        List<Way> ways = new ArrayList<>();
        for (String batch : Arrays.asList(args).subList(3, args.length)) {
            ModelProperties settings = new ModelProperties(
                    "",
                    args[0],
                    "auto",
                    Integer.parseInt(args[1]),
                    Integer.parseInt(batch),
                    "",
                    List.of(),
                    List.of(),
                    "",
                    InversionQuality.STANDARD,
                    false,
                    HubProperties.USUAL);
            DiffusionClips clips = DiffusionClips.load(settings);
            if (ways.isEmpty()) {
                ways.add(new Way(ONE_AT_A_TIME, clips, true));
            }
            ways.add(new Way("batch of " + batch, clips, false));
        }
        SharedDevice benchmark = new SharedDevice();
        int rounds = Integer.parseInt(args[2]);
        for (int round = 0; round < rounds; round++) {
            for (Way way : ways) {
                benchmark.measure(way, round);
            }
            Collections.rotate(ways, 1);
        }
        benchmark.figures.forEach(SharedDevice::print);
        System.exit(0);
    }

    /** Time on the clock and of the process on the processors. */
    private record Spent(double seconds, double processorSeconds) {

        static Spent now() {
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Spent(System.nanoTime() / 1e9, system.getProcessCpuTime() / 1e9);
        }

        Spent since(Spent before) {
            return new Spent(seconds - before.seconds, processorSeconds - before.processorSeconds);
        }

        Spent each(int count) {
            return new Spent(seconds / count, processorSeconds / count);
        }
    }

    private void measure(Way way, int round) throws Exception {
        note("a clip", way, allAtOnce(way).each(SESSIONS * CLIPS));
        note("a late session's first clip", way, late(way, round));
    }

    private void note(String what, Way way, Spent spent) {
        add(what + ", s", way, spent.seconds());
        add(what + ", s of processors", way, spent.processorSeconds());
    }

    private void add(String what, Way way, double figure) {
        figures.computeIfAbsent(what, key -> new TreeMap<>())
                .computeIfAbsent(way.name(), key -> new ArrayList<>())
                .add(figure);
        System.out.printf(Locale.ROOT, "%-45s %-14s %7.2f%n", what, way.name(), figure);
    }

    /** Of all sessions, each of which makes the same number of clips. */
    private static Spent allAtOnce(Way way) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
        Session[] sessions = sessions(way);
        Spent start = Spent.now();
        List<Future<?>> done = new ArrayList<>();
        for (Session session : sessions) {
            done.add(threads.submit(() -> {
                for (int i = 0; i < CLIPS; i++) {
                    session.next();
                }
            }));
        }
        for (Future<?> each : done) {
            each.get(1, TimeUnit.HOURS);
        }
        threads.shutdown();
        return Spent.now().since(start);
    }

    /** To the first clip of a session that comes when the others are somewhere in their second round. */
    private static Spent late(Way way, int round) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
        Session[] sessions = sessions(way);
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> others = new ArrayList<>();
        Spent start = Spent.now();
        for (int i = 1; i < SESSIONS; i++) {
            Session session = sessions[i];
            others.add(threads.submit(() -> {
                while (!over.get()) {
                    session.next();
                }
            }));
        }
        while (Arrays.stream(sessions).mapToInt(session -> session.made).sum() < SESSIONS - 1) {
            Thread.sleep(5);
        }
        // A different moment of the clip in hand in each round.
        Thread.sleep((long) (1000 * Spent.now().since(start).seconds() / (SESSIONS - 1) * (round * 0.37 % 1)));
        Spent asked = Spent.now();
        sessions[0].next();
        Spent waited = Spent.now().since(asked);
        over.set(true);
        for (Future<?> other : others) {
            other.get(1, TimeUnit.HOURS);
        }
        threads.shutdown();
        return waited;
    }

    private static Session[] sessions(Way way) {
        ReentrantLock turn = new ReentrantLock(true);
        return PROMPTS.stream()
                .map(prompt -> new Session(way.clips(), prompt, way.inTurn() ? turn : new ReentrantLock()))
                .toArray(Session[]::new);
    }

    /** One listener's clips. */
    private static final class Session {

        private final ClipStream stream;
        private final RiffSettings settings;
        private final Prompt prompt;
        private final ReentrantLock turn;
        volatile int made;

        Session(DiffusionClips clips, String prompt, ReentrantLock turn) {
            this.stream = clips.open();
            this.settings = clips.info().defaults();
            this.prompt = new Prompt(prompt);
            this.turn = turn;
        }

        void next() {
            turn.lock();
            try {
                RiffPoint point = RiffPoint.of(prompt, settings.seed() + made, settings);
                stream.next(Interpolation.at(point, settings.seedImage(), settings.steps()), (step, steps) -> {});
                made = made + 1;
            } finally {
                turn.unlock();
            }
        }
    }

    private static void print(String what, Map<String, List<Double>> ways) {
        List<Double> base = ways.getOrDefault(ONE_AT_A_TIME, List.of());
        ways.forEach((way, values) -> {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                ratios.add(values.get(i) / base.get(i));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-45s %-14s median %7.2f, median ratio %.2f of %s%n",
                    what,
                    way,
                    median(values),
                    median(ratios),
                    ratios.stream()
                            .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                            .toList());
        });
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
