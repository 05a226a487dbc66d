package org.riffloom.diffusion;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** A walk of so many steps through nothing. */
final class FakeWalk implements Walk {

    static final Shape SQUARE = new Shape(1, 4, 8, 8);
    static final Shape WIDE = new Shape(1, 4, 8, 16);
    static final long LOAD = 128;

    final String name;
    private final int steps;
    private final Shape shape;
    private final List<WornLora> loras;
    private int done;
    volatile boolean closed;

    FakeWalk(String name, int steps) {
        this(name, steps, SQUARE, List.of());
    }

    FakeWalk(String name, int steps, Shape shape, List<WornLora> loras) {
        this.name = name;
        this.steps = steps;
        this.shape = shape;
        this.loras = loras;
    }

    void step() {
        if (closed) {
            throw new AssertionError(name + " was closed before its step");
        }
        done++;
    }

    @Override
    public List<WornLora> loras() {
        return loras;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public long load() {
        return 2 * shape.get(2) * shape.get(3);
    }

    @Override
    public int done() {
        return done;
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return name;
    }
}
