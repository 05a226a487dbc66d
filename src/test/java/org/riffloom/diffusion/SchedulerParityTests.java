package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.checkpoint.SchedulerConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every scheduler option against diffusers, step by step, on a made-up network. */
class SchedulerParityTests {

    private static final double BOUND = 2e-5;

    private final Reference reference = Reference.of("schedules");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyStepIsThatOfDiffusers() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        String json = Files.readString(Reference.folder("schedules").resolve("cases.json"));
        for (JsonNode node : JsonMapper.builder().build().readTree(json)) {
            tests.add(DynamicTest.dynamicTest(node.toString(), () -> check(node)));
        }
        return tests.stream();
    }

    private void check(JsonNode node) throws IOException {
        Scheduler scheduler = Scheduler.of(config(node.get("config").toString()));
        boolean fromImage = !node.get("strength").isNull();
        DenoisingPlan plan = scheduler.plan(
                node.get("steps").intValue(), fromImage ? node.get("strength").doubleValue() : 1);

        assertThat(plan.steps().stream().mapToInt(step -> (int) step.timestep()))
                .containsExactlyElementsOf(node.get("timesteps")
                        .valueStream()
                        .map(JsonNode::intValue)
                        .toList());

        double[] noise = doubles(reference.floats("noise"));
        double[] init = doubles(reference.floats("init"));
        double[] x = fromImage
                ? IntStream.range(0, noise.length)
                        .mapToDouble(i -> plan.signal() * init[i] + plan.noise() * noise[i])
                        .toArray()
                : noise;
        double[] before = new double[x.length];
        String figure = node.get("figure").stringValue();
        assertNear(x, reference.item(figure, 0), "the start");
        for (int i = 0; i < plan.steps().size(); i++) {
            x = apply(plan.steps().get(i), x, before);
            assertNear(x, reference.item(figure, i + 1), "step " + i);
        }
    }

    /** What unet.py does with a step's numbers. */
    private static double[] apply(DenoisingStep step, double[] x, double[] before) {
        double[] next = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double output = Math.tanh(1.3 * x[i] + 0.2) - 0.001 * step.timestep() * x[i];
            double clean = step.cleanOfLatents() * x[i] + step.cleanOfOutput() * output;
            if (step.clip() > 0) {
                clean = Math.max(-step.clip(), Math.min(step.clip(), clean));
            }
            next[i] =
                    step.latents() * x[i] + step.output() * output + step.clean() * clean + step.previous() * before[i];
            before[i] = clean;
        }
        return next;
    }

    private static void assertNear(double[] actual, float[] expected, String what) {
        double error = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            error += Math.pow(actual[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(error / norm)).as(what).isLessThan(BOUND);
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private SchedulerConfig config(String json) throws IOException {
        return SchedulerConfig.read(Files.writeString(folder.resolve("scheduler_config.json"), json));
    }

    @Test
    void unknownSchedulerBecomesDdimOnTheSameSchedule() throws IOException {
        String rest = "\"beta_start\": 0.00085, \"beta_end\": 0.012, \"beta_schedule\": \"scaled_linear\","
                + "\"set_alpha_to_one\": false, \"steps_offset\": 1, \"skip_prk_steps\": true, \"clip_sample\": false}";
        Scheduler fallback = Scheduler.of(config("{\"_class_name\": \"PNDMScheduler\"," + rest));
        Scheduler ddim = Scheduler.of(config("{\"_class_name\": \"DDIMScheduler\"," + rest));

        assertThat(fallback).isInstanceOf(DdimScheduler.class);
        assertThat(fallback.plan(50, 0.75)).isEqualTo(ddim.plan(50, 0.75));
    }

    @Test
    void weakestDenoisingStillTakesOneStep() throws IOException {
        Scheduler scheduler = Scheduler.of(config("{\"_class_name\": \"DDIMScheduler\"}"));

        assertThat(scheduler.plan(10, 0.01).steps()).hasSize(1);
        assertThat(scheduler.plan(1, 1).steps()).hasSize(1);
        assertThat(scheduler.plan(1000, 1).steps()).hasSize(1000);
    }
}
