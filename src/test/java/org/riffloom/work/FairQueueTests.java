package org.riffloom.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FairQueueTests {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<String> log = new CopyOnWriteArrayList<>();
    private FairQueue queue = new FairQueue(1, 8, LONG, LONG).start();

    @AfterEach
    void close() {
        queue.close();
    }

    private void restart(int workers, int capacity, Duration maxWait, Duration shutdownWait) {
        queue.close();
        queue = new FairQueue(workers, capacity, maxWait, shutdownWait).start();
    }

    @Test
    void someoneWhoAlwaysWantsMoreStarvesNobody() {
        TestJob first = TestJob.held("greedy", log);
        Lane greedy = queue.openLane();
        greedy.offer(first);
        first.awaitBegin();
        new Repeating(greedy, "greedy", log, 20).offer();
        new Repeating(queue.openLane(), "b", log, 3).offer();
        new Repeating(queue.openLane(), "c", log, 3).offer();
        first.release();
        await().until(() -> log.size() == 27);
        assertThat(log.subList(1, 10)).containsExactly("greedy", "b", "c", "greedy", "b", "c", "greedy", "b", "c");
    }

    @Test
    void cancellingAndAskingAgainGainsNothing() {
        TestJob running = TestJob.held("running", log);
        queue.openLane().offer(running);
        running.awaitBegin();
        Lane impatient = queue.openLane();
        Ticket ticket = ticket(impatient.offer(TestJob.free("impatient", log)));
        queue.openLane().offer(TestJob.free("patient", log));
        for (int i = 0; i < 100; i++) {
            ticket.cancel();
            ticket = ticket(impatient.offer(TestJob.free("impatient", log)));
        }
        running.release();
        await().until(() -> log.size() == 3);
        assertThat(log).containsExactly("running", "patient", "impatient");
    }

    @Test
    void aLaneWaitsOnlyOnce() {
        TestJob running = TestJob.held("running", log);
        Lane lane = queue.openLane();
        lane.offer(running);
        running.awaitBegin();
        lane.offer(TestJob.free("next", log));
        assertThatThrownBy(() -> lane.offer(TestJob.free("too many", log))).isInstanceOf(IllegalStateException.class);
        running.release();
    }

    @Test
    void jobsOfALaneNeverOverlapHoweverManyWorkersThereAre() {
        restart(3, 8, LONG, LONG);
        TestJob cancelled = TestJob.held("cancelled", log);
        Lane lane = queue.openLane();
        Ticket ticket = ticket(lane.offer(cancelled));
        cancelled.awaitBegin();
        ticket.cancel();
        assertThat(cancelled.turn().cancelled()).isTrue();
        lane.offer(TestJob.free("next", log));
        TestJob other = TestJob.free("other", log);
        queue.openLane().offer(other);
        other.awaitBegin();
        assertThat(log).containsExactly("cancelled", "other");
        cancelled.release();
        await().until(() -> log.size() == 3);
        assertThat(log).last().isEqualTo("next");
    }

    @Test
    void doesAsManyAtOnceAsThereAreWorkers() {
        restart(2, 8, LONG, LONG);
        TestJob a = TestJob.held("a", log);
        TestJob b = TestJob.held("b", log);
        queue.openLane().offer(a);
        queue.openLane().offer(b);
        a.awaitBegin();
        b.awaitBegin();
        a.release();
        b.release();
    }

    @Test
    void refusesWhatItHasNoRoomFor() {
        restart(1, 2, LONG, LONG);
        TestJob running = TestJob.held("running", log);
        queue.openLane().offer(running);
        running.awaitBegin();
        ticket(queue.openLane().offer(TestJob.free("a", log)));
        Ticket b = ticket(queue.openLane().offer(TestJob.free("b", log)));
        assertThat(queue.openLane().offer(TestJob.free("c", log))).isEqualTo(new Admission.QueueFull(2));
        b.cancel();
        ticket(queue.openLane().offer(TestJob.free("c", log)));
        running.release();
        await().until(() -> log.equals(List.of("running", "a", "c")));
    }

    @Test
    void tellsThoseWhoWaitWhereTheyAre() {
        TestJob running = TestJob.held("running", log);
        TestJob first = TestJob.held("first", log);
        TestJob second = TestJob.free("second", log);
        TestJob third = TestJob.free("third", log);
        queue.openLane().offer(running);
        running.awaitBegin();
        queue.openLane().offer(first);
        Ticket ticket = ticket(queue.openLane().offer(second));
        queue.openLane().offer(third);
        ticket.cancel();
        running.release();
        first.awaitBegin();
        await().until(() -> third.positions.equals(List.of(3, 2, 1)));
        assertThat(running.positions).isEmpty();
        assertThat(first.positions).containsExactly(1);
        assertThat(second.positions).containsExactly(2);
        first.release();
    }

    @Test
    void givesUpWhatHasWaitedTooLong() {
        restart(1, 8, Duration.ofMillis(50), LONG);
        TestJob running = TestJob.held("running", log);
        TestJob waiting = TestJob.free("waiting", log);
        queue.openLane().offer(running);
        running.awaitBegin();
        queue.openLane().offer(waiting);
        await().until(() -> waiting.expired.get() == 1);
        running.release();
        queue.close();
        assertThat(log).containsExactly("running");
    }

    @Test
    void survivesAJobThatFails() {
        TestJob failing = new TestJob("failing", log, true) {
            @Override
            public void run(Turn turn) {
                super.run(turn);
                throw new IllegalStateException("on purpose");
            }
        };
        queue.openLane().offer(failing);
        failing.release();
        queue.openLane().offer(TestJob.free("next", log));
        await().until(() -> log.equals(List.of("failing", "next")));
    }

    @Test
    void closingStopsWhatRunsAndGivesUpWhatWaits() {
        CountDownLatch stopped = new CountDownLatch(1);
        TestJob running = new TestJob("running", log, true) {
            @Override
            public void run(Turn turn) {
                super.run(turn);
                await().until(turn::cancelled);
                stopped.countDown();
            }
        };
        TestJob waiting = TestJob.free("waiting", log);
        queue.openLane().offer(running);
        running.awaitBegin();
        running.release();
        queue.openLane().offer(waiting);
        queue.close();
        assertThat(stopped.getCount()).isZero();
        assertThat(waiting.expired).hasValue(1);
        assertThat(queue.openLane().offer(TestJob.free("late", log))).isInstanceOf(Admission.QueueFull.class);
    }

    @Test
    void closingDoesNotWaitForEver() {
        restart(1, 8, LONG, Duration.ofMillis(50));
        TestJob stuck = TestJob.held("stuck", log);
        queue.openLane().offer(stuck);
        stuck.awaitBegin();
        queue.close();
        stuck.release();
    }

    private static Ticket ticket(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Accepted.class);
        return ((Admission.Accepted) admission).ticket();
    }

    /** A job that writes its name when it begins, and may be held before it ends. */
    private static class TestJob implements Job {

        final List<Integer> positions = new CopyOnWriteArrayList<>();
        final AtomicInteger expired = new AtomicInteger();
        private final String name;
        private final List<String> log;
        private final Semaphore end;
        private final CountDownLatch begun = new CountDownLatch(1);
        private volatile Turn turn = () -> false;

        TestJob(String name, List<String> log, boolean held) {
            this.name = name;
            this.log = log;
            this.end = new Semaphore(held ? 0 : 1);
        }

        static TestJob held(String name, List<String> log) {
            return new TestJob(name, log, true);
        }

        static TestJob free(String name, List<String> log) {
            return new TestJob(name, log, false);
        }

        @Override
        public void run(Turn turn) {
            this.turn = turn;
            log.add(name);
            begun.countDown();
            end.acquireUninterruptibly();
        }

        @Override
        public void moved(int position) {
            positions.add(position);
        }

        @Override
        public void expired() {
            expired.incrementAndGet();
        }

        void awaitBegin() {
            await().until(() -> begun.getCount() == 0);
        }

        void release() {
            end.release();
        }

        Turn turn() {
            return turn;
        }
    }

    /** Asks for the next turn as soon as it has had one. */
    private static final class Repeating extends TestJob {

        private final Lane lane;
        private final String name;
        private final List<String> log;
        private final int times;

        Repeating(Lane lane, String name, List<String> log, int times) {
            super(name, log, false);
            this.lane = lane;
            this.name = name;
            this.log = log;
            this.times = times;
        }

        void offer() {
            ticket(lane.offer(this));
        }

        @Override
        public void run(Turn turn) {
            super.run(turn);
            if (times > 1) {
                new Repeating(lane, name, log, times - 1).offer();
            }
        }
    }
}
