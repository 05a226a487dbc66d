package org.riffloom.dataset;

import java.io.IOException;

/** What is done with each of many files; safe for any number of threads. */
@FunctionalInterface
public interface BatchTask {

    /**
     * Makes what a file is to become, unless it is there.
     *
     * @throws OutputException if nothing can be written, so that it would be of no use to go on with other files
     * @throws IOException if this file will not do
     * @throws InterruptedException if the thread is interrupted
     */
    Outcome run(SoundFile sound) throws IOException, InterruptedException;
}
