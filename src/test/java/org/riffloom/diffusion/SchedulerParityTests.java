package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.SchedulerConfig;
import org.riffloom.prompt.InvalidRequestException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every scheduler option against diffusers, step by step, on a made-up network. */
class SchedulerParityTests {

    private static final double BOUND = 1e-5;

    /** Seed of what ancestral solvers add, as in the script. */
    private static final long FRESH_SEED = 3;

    private final Reference reference = Reference.of("schedules");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicNode> everyStepIsThatOfDiffusers() throws IOException {
        List<DynamicNode> configs = new ArrayList<>();
        String json = Files.readString(Reference.folder("schedules").resolve("cases.json"));
        for (JsonNode node : JsonMapper.builder().build().readTree(json)) {
            String config = node.get("config").toString();
            Stream<DynamicTest> runs = node.get("runs")
                    .valueStream()
                    .map(run -> DynamicTest.dynamicTest(run.toString(), () -> check(config, run)));
            configs.add(DynamicContainer.dynamicContainer(config, runs));
        }
        return configs.stream();
    }

    private void check(String config, JsonNode run) throws IOException {
        Scheduler scheduler = Scheduler.of(config(config));
        boolean fromImage = !run.get("strength").isNull();
        int steps = run.get("steps").intValue();
        DenoisingPlan plan =
                fromImage ? scheduler.fromImage(steps, run.get("strength").doubleValue()) : scheduler.fromNoise(steps);

        assertThat(plan.steps().stream().mapToDouble(DenoisingStep::timestep).toArray())
                .containsExactly(
                        run.get("timesteps")
                                .valueStream()
                                .mapToDouble(JsonNode::doubleValue)
                                .toArray(),
                        within(1e-3));

        double[] noise = doubles(reference.floats("noise"));
        double[] init = doubles(reference.floats("init"));
        double[] x = IntStream.range(0, noise.length)
                .mapToDouble(i -> plan.signal() * init[i] + plan.noise() * noise[i])
                .toArray();
        Deque<double[]> memory = new ArrayDeque<>();
        String figure = run.get("figure").stringValue();
        // With noise 4096 times the image, diffusers' own single precision is no better than this.
        double bound = config.contains("rescale_betas_zero_snr") ? 3 * BOUND : BOUND;
        assertNear(x, reference.item(figure, 0), bound, "the start");
        for (int i = 0; i < plan.steps().size(); i++) {
            x = apply(plan.steps().get(i), x, memory);
            double fresh = plan.steps().get(i).next().freshNoise();
            float[] draw = Noise.normal(FRESH_SEED, i + 1, x.length);
            for (int k = 0; k < x.length; k++) {
                x[k] += fresh * draw[k];
            }
            assertNear(x, reference.item(figure, i + 1), bound, "step " + i);
        }
    }

    /** What unet.py does with a step's numbers; the memory begins with the last step's clean image and latents. */
    private static double[] apply(DenoisingStep step, double[] x, Deque<double[]> memory) {
        int size = x.length;
        double[] c = step.numbers(1);
        double[] output = new double[size];
        double[] clean = new double[size];
        double[] next = new double[size];
        for (int i = 0; i < size; i++) {
            output[i] = Math.tanh(1.3 * x[i] + 0.2) - 0.001 * c[0] * x[i];
            clean[i] = c[2] * x[i] + c[3] * output[i];
            if (c[4] > 0) {
                clean[i] = Math.max(-c[4], Math.min(c[4], clean[i]));
            }
            next[i] = c[5] * x[i] + c[6] * output[i] + c[7] * clean[i];
        }
        int row = 8;
        for (double[] remembered : memory) {
            for (int i = 0; i < size; i++) {
                next[i] += c[row] * remembered[i];
            }
            row++;
        }
        if (!memory.isEmpty()) {
            memory.removeFirst();
            memory.removeFirst();
        }
        memory.addFirst(output);
        memory.addFirst(x);
        memory.addFirst(clean);
        while (memory.size() > 2 + Combination.OUTPUTS) {
            memory.removeLast();
        }
        return next;
    }

    private static void assertNear(double[] actual, float[] expected, double bound, String what) {
        double error = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            error += Math.pow(actual[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(error / norm)).as(what).isLessThan(bound);
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private SchedulerConfig config(String json) throws IOException {
        return SchedulerConfig.read(Files.writeString(folder.resolve("scheduler_config.json"), json), null);
    }

    @ParameterizedTest
    @CsvSource({"DDIMScheduler, 1", "PNDMScheduler, 2"})
    void weakestDenoisingStillTakesAStep(String name, int expected) throws IOException {
        Scheduler scheduler = Scheduler.of(config("{\"_class_name\": \"" + name + "\", \"skip_prk_steps\": true}"));

        assertThat(scheduler.fromImage(10, 0.01).steps()).hasSize(expected);
        assertThat(scheduler.fromImage(1, 1).steps()).hasSize(1);
        assertThat(scheduler.fromNoise(1000).steps()).hasSize(999 + expected);
    }

    @Test
    void asManyStepsAsLevelsStayAmongThem() throws IOException {
        for (String name : List.of("DDIMScheduler", "PNDMScheduler", "EulerDiscreteScheduler")) {
            Scheduler scheduler = Scheduler.of(config("{\"_class_name\": \"" + name
                    + "\", \"skip_prk_steps\": true, \"steps_offset\": 1, \"timestep_spacing\": \"leading\"}"));
            assertThat(scheduler.fromNoise(1000).steps()).hasSizeBetween(1000, 1001);
        }
    }

    @Test
    void offsetNeverLeavesOutTheLastStep() throws IOException {
        Scheduler scheduler = Scheduler.of(config("{\"_class_name\": \"DDIMScheduler\", \"steps_offset\": 1}"));

        assertThat(scheduler.fromImage(10, 0.01).steps()).hasSize(1);
        assertThat(scheduler.fromImage(1, 1).steps()).hasSize(1);
    }

    @Test
    void latentConsistencyTakesNoMoreStepsThanItsModelWasDistilledFrom() throws IOException {
        Scheduler scheduler = Scheduler.of(config("{\"_class_name\": \"LCMScheduler\"}"));

        assertThat(scheduler.fromImage(37, 0.75).steps()).hasSize(37);
        assertThatThrownBy(() -> scheduler.fromImage(38, 0.75))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("38")
                .hasMessageContaining("37");
    }

    /** diffusers' from_config: what the file says stays, and what it leaves out is the other class's own. */
    @Test
    void anotherSolverTakesOverTheSchedule() throws IOException {
        Path file = Files.writeString(folder.resolve("scheduler_config.json"), """
                        {"_class_name": "LMSDiscreteScheduler", "beta_start": 0.00085, "beta_end": 0.012,
                         "beta_schedule": "scaled_linear", "steps_offset": 1, "prediction_type": "v_prediction"}
                        """);

        SchedulerConfig ddim = SchedulerConfig.read(file, SchedulerConfig.Solver.DDIM);
        assertThat(ddim.spacing()).isEqualTo(SchedulerConfig.Spacing.LEADING);
        assertThat(ddim.alphaOneAtEnd()).isTrue();
        assertThat(ddim.prediction()).isEqualTo(SchedulerConfig.Prediction.V_PREDICTION);
        SchedulerConfig euler = SchedulerConfig.read(file, SchedulerConfig.Solver.EULER);
        assertThat(euler.spacing()).isEqualTo(SchedulerConfig.Spacing.LINSPACE);
        assertThat(euler.betaEnd()).isEqualTo(0.012);
        assertThat(Scheduler.of(SchedulerConfig.read(file, SchedulerConfig.Solver.PNDM)))
                .isInstanceOf(PndmScheduler.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"_class_name\": \"LMSDiscreteScheduler\"} | LMSDiscreteScheduler",
                "{\"_class_name\": \"LMSDiscreteScheduler\"} | EulerDiscreteScheduler",
                "{\"_class_name\": \"LMSDiscreteScheduler\"} | riffloom.scheduler",
                "{\"_class_name\": \"PNDMScheduler\"} | skip_prk_steps",
                "{\"_class_name\": \"PNDMScheduler\", \"skip_prk_steps\": true, \"prediction_type\": \"sample\"} | sample",
                "{\"_class_name\": \"EulerAncestralDiscreteScheduler\", \"prediction_type\": \"sample\"} | sample",
                "{\"_class_name\": \"EulerDiscreteScheduler\", \"use_beta_sigmas\": true} | use_beta_sigmas",
                "{\"_class_name\": \"EulerDiscreteScheduler\", \"timestep_type\": \"continuous\"} | timestep_type",
                "{\"_class_name\": \"DPMSolverMultistepScheduler\", \"solver_order\": 3} | solver_order",
                "{\"_class_name\": \"LCMScheduler\", \"original_inference_steps\": 1001} | original_inference_steps",
            })
    void whatIsNotWrittenHereIsRefusedByName(String json, String message) {
        assertThatThrownBy(() -> config(json))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(message);
    }
}
