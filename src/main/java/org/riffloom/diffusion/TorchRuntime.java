package org.riffloom.diffusion;

import ai.djl.engine.Engine;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts libtorch, once in the life of the process. DJL takes its settings from system properties at that moment;
 * those that someone has set already are left alone.
 */
public final class TorchRuntime {

    private static final Logger log = LoggerFactory.getLogger(TorchRuntime.class);
    private static final String THREADS = "ai.djl.pytorch.num_threads";

    private TorchRuntime() {}

    /**
     * Chooses where DJL unpacks its native libraries, about 450 MB; its own default is {@code .djl.ai} in the home
     * folder. Has no effect once a pipeline was loaded.
     */
    public static void unpackInto(Path folder) {
        setUnlessSet("DJL_CACHE_DIR", folder.toAbsolutePath().toString());
    }

    /**
     * Starts the engine with a number of threads for each operation.
     *
     * @param threads at least 1, and no more than there are idle cores: libtorch's threads wait for each other by
     *     spinning, so one too many makes every operation several times slower
     */
    static synchronized Engine start(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("The number of threads is " + threads + "; it must be at least 1.");
        }
        setUnlessSet("OPT_OUT_TRACKING", "true");
        setUnlessSet(THREADS, Integer.toString(threads));
        setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
        // Specialising the graph costs seconds at the first calls of every thread, and buys nothing here.
        setUnlessSet("ai.djl.pytorch.graph_optimizer", "false");
        LinuxMemory.askForHugePages();
        Engine engine = Engine.getEngine("PyTorch");
        if (!Integer.toString(threads).equals(System.getProperty(THREADS))) {
            log.warn("libtorch already runs with {} threads; {} were asked for", System.getProperty(THREADS), threads);
        }
        return engine;
    }

    /** Threads for each operation of the engine that was started. */
    static int threads() {
        return Integer.getInteger(THREADS, 1);
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null && System.getenv(property) == null) {
            System.setProperty(property, value);
        }
    }
}
