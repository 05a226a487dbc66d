package org.riffloom.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.ModelInfo;
import org.riffloom.fuzz.Seeds;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;
import org.riffloom.stream.SyntheticModel;

class InferenceReaderTests {

    private static LoadedModel model;

    @BeforeAll
    static void load() throws CompletionException {
        SyntheticModel synthetic = new SyntheticModel();
        synthetic.load();
        model = synthetic.model().toCompletableFuture().join();
    }

    private static Interpolation read(String body) {
        return new InferenceReader(model).read(body);
    }

    /** The request of RiffusionParityTests and models/reference/riffusion.py. */
    @Test
    void readsEveryField() {
        assertThat(read("""
                        {"alpha": 0.4, "num_inference_steps": 12, "seed_image_id": "waltz", "mask_image_id": "top-half",
                         "start": {"prompt": "(jazz:1.3) piano, [drums]", "seed": 42, "negative_prompt": "bass",
                                   "denoising": 0.75, "guidance": 7.0},
                         "end": {"prompt": "slow ((church)) bells", "seed": 43,
                                 "negative_prompt": "techno (synth:0.7)", "denoising": 0.85, "guidance": 5}}
                        """))
                .isEqualTo(new Interpolation(
                        new RiffPoint(new Prompt("(jazz:1.3) piano, [drums]"), "bass", 42, 0.75, 7),
                        new RiffPoint(new Prompt("slow ((church)) bells"), "techno (synth:0.7)", 43, 0.85, 5),
                        0.4,
                        "waltz",
                        12,
                        "top-half",
                        null));
    }

    @Test
    void seedsOfTheFuzzerAreRequests() {
        assertThat(Seeds.of("inference"))
                .hasSizeGreaterThan(3)
                .allSatisfy(body -> assertThatCode(() -> read(body)).doesNotThrowAnyException());
    }

    @Test
    void whatIsLeftOutIsAsTheModelWantsIt() {
        RiffPoint start = new RiffPoint(new Prompt("a"), "", 1, 0.75, 7);
        RiffPoint end = new RiffPoint(new Prompt("b"), "", 2, 0.75, 7);
        assertThat(read("""
                        {"alpha": 1, "start": {"prompt": "a", "seed": 1}, "end": {"prompt": "b", "seed": 2}}
                        """)).isEqualTo(new Interpolation(start, end, 1, "og_beat", 25));
    }

    /** What Riffusion's web app sends. */
    @Test
    void nullAndNothingAreNoMask() {
        assertThat(request("\"mask_image_id\": null").maskImage()).isNull();
        assertThat(request("\"mask_image_id\": \"\"").maskImage()).isNull();
    }

    @Test
    void picturesOfTheOperatorCanBeNamed() {
        Interpolation recipe = request("\"seed_image_id\": \"added\", \"mask_image_id\": \"mask_added\"");
        assertThat(recipe.seedImage()).isEqualTo("added");
        assertThat(recipe.maskImage()).isEqualTo("mask_added");
    }

    /** A model that knows Riffusion's usual picture under no name. */
    @ParameterizedTest
    @CsvSource({"pulse-8", ","})
    void riffusionsUsualSeedImageIsTheModelsWhereItIsMissing(@Nullable String usual) {
        ModelInfo info = model.info();
        LoadedModel other = new LoadedModel(
                "",
                new ModelInfo(
                        info.name(),
                        info.sampleRate(),
                        info.clipSeconds(),
                        new RiffSettings(42, usual, 0.75, 7, 25, ""),
                        info.examplePrompts(),
                        info.maskImages(),
                        info.loras()),
                new NoSeedImages(),
                model.maskImages(),
                model.streams(),
                model.singles());
        InferenceReader reader = new InferenceReader(other);
        assertThat(reader.read(body("\"seed_image_id\": \"og_beat\"")).seedImage())
                .isEqualTo(usual);
        assertThat(reader.read(body("\"comment\": 1")).seedImage()).isEqualTo(usual);
        assertThatThrownBy(() -> reader.read(body("\"seed_image_id\": \"agile\"")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void guidanceOfNoneIsRiffusions() {
        assertThat(point("\"guidance\": 0").guidance()).isZero();
    }

    @Test
    void seedsHave64Bits() {
        assertThat(read(body("\"comment\": {\"unknown\": [\"fields\"]}")
                                .replace("\"seed\": 1", "\"seed\": -9223372036854775808"))
                        .start()
                        .seed())
                .isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {                                             | The body is not JSON: .+
                    []                                            | The body must be a JSON object.
                    {} {}                                         | The body is not JSON: .+
                    {"alpha": 1, "alpha": 1}                      | The body is not JSON: .*[dD]uplicate.+
                    {"alpha": NaN}                                | The body is not JSON: .+
                    {}                                            | alpha is missing; give a number between 0 .+
                    {"alpha": "0.5"}                              | alpha is "0.5"; it must be a number.
                    {"alpha": 0.5}                                | start is missing; give an object.
                    {"alpha": 0.5, "start": 1}                    | start is 1; it must be an object.
                    {"alpha": 0.5, "start": {"seed": 1}}          | start.prompt is missing; give a string, .+
                    {"alpha": 0.5, "start": {"prompt": "a"}}      | start.seed is missing; give a whole number, .+
                    {"alpha": 0.5, "start": {"prompt": " ", "seed": 1}} | start.prompt is " "; it must be 1 to 1000 .+
                    {"alpha": 0.5, "start": {"prompt": "a", "seed": 1.5}} | start.seed is 1.5; it must be a whole .+
                    {"alpha": 0.5, "start": {"prompt": "a", "seed": 9223372036854775808}} | start.seed is 9223372036854775808; .+
                    {"alpha": 0.5, "start": {"prompt": "a", "seed": 1}} | end is missing; give an object.
                    """)
    void saysWhatIsWrong(String body, String message) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(InvalidRequestException.class)
                .message()
                .matches(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "alpha": 1.01                     | alpha is 1.01; it must be between 0 and 1.
                    "alpha": -1e999                   | alpha is -Infinity; it must be between 0 and 1.
                    "num_inference_steps": 0          | num_inference_steps is 0; it must be between 1 and 150.
                    "num_inference_steps": 151        | num_inference_steps is 151; it must be between 1 and 150.
                    "num_inference_steps": 5e1        | num_inference_steps is .+; it must be a whole number .+
                    "num_inference_steps": null       | num_inference_steps is null; it must be a whole number .+
                    "seed_image_id": null             | seed_image_id is null; it must be a string.
                    "seed_image_id": "agile"          | seed_image_id is "agile"; it must be the id of a seed image of this server: og_beat, waltz, added.
                    "seed_image_id": "../og_beat"     | seed_image_id is "../og_beat"; it must be the id of .+
                    "mask_image_id": "bottom"         | mask_image_id is "bottom"; it must be the id of a mask image of this server: top-half, mask_added.
                    "mask_image_id": 7                | mask_image_id is 7; it must be a string.
                    """)
    void saysWhatIsWrongWithAField(String field, String message) {
        assertThatThrownBy(() -> request(field))
                .isInstanceOf(InvalidRequestException.class)
                .message()
                .matches(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"denoising\": 0",
                "\"denoising\": 1.1",
                "\"denoising\": -0.5",
                "\"denoising\": 1e999",
                "\"denoising\": null",
                "\"guidance\": -1",
                "\"guidance\": 30.5",
                "\"guidance\": true",
                "\"negative_prompt\": 1"
            })
    void namesThePointThatIsWrong(String field) {
        String name = field.substring(1, field.indexOf('"', 1));
        assertThatThrownBy(() -> point(field))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("end." + name + " is ");
    }

    private static Interpolation request(String field) {
        return read(body(field));
    }

    private static String body(String field) {
        String alpha = field.startsWith("\"alpha\"") ? "" : "\"alpha\": 0.5, ";
        return "{" + alpha + field + ", \"start\": {\"prompt\": \"a\", \"seed\": 1},"
                + " \"end\": {\"prompt\": \"b\", \"seed\": 2}}";
    }

    private static RiffPoint point(String field) {
        return read("{\"alpha\": 0.5, \"start\": {\"prompt\": \"a\", \"seed\": 1}, \"end\": {\"prompt\": \"b\","
                        + " \"seed\": 2, " + field + "}}")
                .end();
    }
}
