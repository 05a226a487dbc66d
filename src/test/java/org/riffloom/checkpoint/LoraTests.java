package org.riffloom.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraTests {

    private static final Pattern TENSOR = Pattern.compile("(\\S+?)(\\[[\\d,]*])(\\w*)");
    private static final String QUERY = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q";
    private static final String OUT = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_out.0";

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");
    private ModelFolder model = epsilon();

    @BeforeEach
    void nameFile() {
        file = folder.resolve("style.safetensors");
    }

    private static ModelFolder epsilon() {
        return ModelFolder.open(resource("epsilon/model"));
    }

    private static Path resource(String name) {
        try {
            return Path.of(LoraTests.class.getResource("../diffusion/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes tensors of zeros, each given as {@code name[sides]} and, where it is not F32, its type. */
    private void write(String tensors) {
        SafetensorsWriter writer = new SafetensorsWriter();
        Matcher tensor = TENSOR.matcher(tensors);
        while (tensor.find()) {
            TensorType type = tensor.group(3).isEmpty() ? TensorType.F32 : TensorType.valueOf(tensor.group(3));
            String sides = tensor.group(2).substring(1, tensor.group(2).length() - 1);
            List<Long> shape = sides.isEmpty()
                    ? List.of()
                    : Arrays.stream(sides.split(",")).map(Long::valueOf).toList();
            int size = (int) shape.stream().mapToLong(Long::longValue).reduce(type.bytes(), (a, b) -> a * b);
            writer.add(tensor.group(1), type, shape, new byte[size]);
        }
        writer.write(file);
    }

    private Lora lora(String tensors) {
        write(tensors);
        return Lora.open(file, model);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unet.%s.lora_A.weight                         | unet.%s.lora_B.weight
            unet.%s.lora_A.default.weight                 | unet.%s.lora_B.default.weight
            base_model.model.%s.lora_A.weight             | base_model.model.%s.lora_B.weight
            base_model.model.unet.%s.lora_A.weight        | base_model.model.unet.%s.lora_B.weight
            unet.%s.lora.down.weight                      | unet.%s.lora.up.weight
            unet.%s.lora_linear_layer.down.weight         | unet.%s.lora_linear_layer.up.weight
            %s.lora_down.weight                           | %s.lora_up.weight
            """)
    void readsTheNamingsOfTheUnet(String down, String up) {
        for (String layer : List.of(QUERY, OUT, "conv_in")) {
            String sides = layer.equals("conv_in") ? "[2,4,3,3]" : "[2,8]";
            Lora lora = lora(down.formatted(layer) + sides + " " + up.formatted(layer) + "[8,2]");

            assertThat(lora.unet()).containsOnlyKeys(layer + ".weight");
            assertThat(lora.textEncoder()).isEmpty();
            assertThat(lora.unet().values()).allSatisfy(update -> {
                assertThat(update.rank()).isEqualTo(2);
                assertThat(update.scale()).isEqualTo(1);
                assertThat(update.down().name()).isEqualTo(down.formatted(layer));
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"attn1.processor.to_q_lora,attn1.to_q", "attn1.processor.to_out_lora,attn1.to_out.0"})
    void readsTheNamesOfAttentionProcessors(String old, String current) {
        String block = "down_blocks.0.attentions.0.transformer_blocks.0.";
        Lora lora = lora("unet." + block + old + ".down.weight[2,8] unet." + block + old + ".up.weight[8,2]");

        assertThat(lora.unet()).containsOnlyKeys(block + current + ".weight");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text_encoder.text_model.encoder.layers.0.self_attn.q_proj.lora_A.weight                  | lora_B
            text_encoder.encoder.layers.0.self_attn.q_proj.lora_A.weight                             | lora_B
            text_encoder.text_model.encoder.layers.0.self_attn.q_proj.lora_linear_layer.down.weight  | lora_linear_layer.up
            text_encoder.text_model.encoder.layers.0.self_attn.to_q_lora.down.weight                 | to_q_lora.up
            base_model.model.text_model.encoder.layers.0.self_attn.q_proj.lora_A.weight              | lora_B
            lora_te_text_model_encoder_layers_0_self_attn_q_proj.lora_down.weight                    | lora_up
            lora_te1_text_model_encoder_layers_0_self_attn_q_proj.lora_down.weight                   | lora_up
            """)
    void readsTheNamingsOfTheTextEncoder(String down, String half) {
        String up = down.replaceFirst("(lora_A|lora_linear_layer\\.down|to_q_lora\\.down|lora_down)", half);
        Lora lora = lora(down + "[2,16] " + up + "[16,2]");

        assertThat(lora.textEncoder()).containsOnlyKeys("encoder.layers.0.self_attn.q_proj.weight");
        assertThat(lora.unet()).isEmpty();
    }

    @Test
    void linearLayerMayBeWrittenAsAConvolutionAndTheOtherWayRound() {
        String linear = "unet." + QUERY;
        String convolution = "unet.down_blocks.0.attentions.0.proj_in";
        Lora lora = lora(linear + ".lora_A.weight[3,8,1,1] " + linear + ".lora_B.weight[8,3,1,1] " + convolution
                + ".lora_A.weight[2,8] " + convolution + ".lora_B.weight[8,2]");

        assertThat(lora.unet()).hasSize(2);
    }

    @Test
    void kohyasScaleIsAlphaOverRank() {
        Lora lora = Lora.open(resource("lora/kohya.safetensors"), model);

        assertThat(lora.unet()).hasSize(16);
        assertThat(lora.textEncoder()).hasSize(6);
        assertThat(lora.unet().get("conv_in.weight").scale()).isEqualTo(1.5 / 3);
        assertThat(lora.unet().get("mid_block.attentions.0.proj_out.weight").scale())
                .isEqualTo(2.0 / 3);
        assertThat(lora.unet().get("time_embedding.linear_1.weight").scale()).isEqualTo(2.0 / 4);
    }

    @Test
    void peftsScaleStandsInTheMetadata() {
        Lora lora = Lora.open(resource("lora/peft.safetensors"), model);

        String block = "mid_block.attentions.0.transformer_blocks.0.";
        assertThat(lora.unet().get(block + "attn1.to_q.weight").scale()).isEqualTo(6.0 / 4);
        assertThat(lora.unet().get(block + "attn2.to_k.weight").scale()).isEqualTo(6.0 / 2);
        assertThat(lora.unet().get(block + "attn1.to_v.weight").scale()).isEqualTo(3.0 / 4);
        assertThat(lora.textEncoder().get("encoder.layers.1.mlp.fc2.weight").scale())
                .isCloseTo(3 / Math.sqrt(2), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"F16,0x3E00", "F16,0x4500", "BF16,0x3FC0", "F32,0x3FC00000", "I64,3", "F64,0x3FF8000000000000"})
    void alphaIsReadInEveryType(TensorType type, String bits) {
        ByteBuffer alpha = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(Long.decode(bits));
        Map<String, Double> values = Map.of("0x4500", 5.0, "3", 3.0);

        Lora lora = withAlpha(type, Arrays.copyOf(alpha.array(), type.bytes()));

        assertThat(lora.unet().get("conv_in.weight").scale()).isEqualTo(values.getOrDefault(bits, 1.5) / 2);
    }

    private Lora withAlpha(TensorType type, byte[] bytes) {
        return Lora.open(
                new SafetensorsWriter()
                        .add(
                                "lora_unet_conv_in.lora_down.weight",
                                TensorType.F32,
                                List.of(2L, 4L, 3L, 3L),
                                new byte[288])
                        .add("lora_unet_conv_in.lora_up.weight", TensorType.F32, List.of(8L, 2L, 1L, 1L), new byte[64])
                        .add("lora_unet_conv_in.alpha", type, List.of(), bytes)
                        .write(file),
                model);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TensorMismatch | unet.conv_inn.lora_A.weight[2,4,3,3]                         | layer conv_inn, and this model's unet has no
            TensorMismatch | lora_unet_down_blocks_7_attentions_0_proj_in.lora_down.weight[2,8] | layer down_blocks_7_attentions_0_proj_in
            TensorMismatch | text_encoder.encoder.layers.9.mlp.fc1.lora_A.weight[2,16]     | this model's text_encoder has no
            TensorMismatch | unet.conv_norm_out.lora_A.weight[2,8]                         | no linear layer or convolution of that name
            TensorMismatch | unet.conv_in.lora_A.weight[2,4,3,3]                           | up (B) factor of conv_in is missing
            TensorMismatch | lora_unet_conv_in.lora_up.weight[8,2,1,1]                     | down (A) factor of conv_in is missing
            TensorMismatch | lora_unet_conv_in.alpha[]                                     | down (A) factor of conv_in is missing
            TensorMismatch | unet.conv_in.lora_A.weight[2,4,3,3] unet.conv_in.lora_B.weight[8,3,1,1] | both must be of one rank
            TensorMismatch | unet.conv_in.lora_A.weight[0,4,3,3] unet.conv_in.lora_B.weight[8,0,1,1] | at least 1
            TensorMismatch | unet.conv_in.lora_A.weight[2,4] unet.conv_in.lora_B.weight[8,2]         | it must be [rank, 4, 3, 3]
            TensorMismatch | unet.conv_in.lora_A.weight[2,4,3,3] unet.conv_in.lora_B.weight[9,2]     | it must be [8, rank]
            TensorMismatch | unet.conv_in.lora_A.weight[] unet.conv_in.lora_B.weight[8,2]            | it must be [rank, 4, 3, 3]
            TensorMismatch | unet.conv_in.lora_A.weight[2,4,3,3] lora_unet_conv_in.lora_down.weight[2,4,3,3] | are both for conv_in.weight
            TensorMismatch | lora_unet_conv_in.lora_down.weight[2,4,3,3] lora_unet_conv_in.lora_up.weight[8,2] lora_unet_conv_in.alpha[2] | an alpha is one number
            TensorMismatch | unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight[2,1024] unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.lora_B.weight[8,2] | 1024 in 2.x
            Unsupported    | unet.conv_in.lora_A.weight[2,4,3,3]U8 unet.conv_in.lora_B.weight[8,2]   | must be F32, F16 or BF16
            Unsupported    | lora_unet_conv_in.lora_down.weight[2,4,3,3] lora_unet_conv_in.lora_up.weight[8,2] lora_unet_conv_in.alpha[]U8 | an alpha is F16
            Unsupported    | lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight[2,16]     | Stable Diffusion XL
            Unsupported    | unet.down_blocks.1.attentions.0.transformer_blocks.1.attn1.to_q.lora_A.weight[2,8] | Stable Diffusion XL
            Unsupported    | lora_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_q.lora_down.weight[2,8] | Stable Diffusion XL
            Unsupported    | transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight[2,8]    | diffusion transformer
            Unsupported    | unet.conv_in.lora_magnitude_vector[8]                                   | DoRA
            Unsupported    | lora_unet_conv_in.hada_w1_a[8,2]                                        | LyCORIS
            Unsupported    | conv_in.weight[8,4,3,3]                                                 | no part of a LoRA
            Unsupported    | unet.conv_in.lora_B.bias[8]                                             | no part of a LoRA
            """)
    void refusesWhatDoesNotFitAndSaysWhy(String kind, String tensors, String message) {
        List<String> names =
                TENSOR.matcher(tensors).results().map(tensor -> tensor.group(1)).toList();
        assertThatThrownBy(() -> lora(tensors))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(kind))
                .satisfies(e -> assertThat(names).anyMatch(String.valueOf(e.getMessage())::contains));
    }

    @Test
    void refusesAnAlphaThatIsNoNumber() {
        assertThatThrownBy(() -> withAlpha(TensorType.F16, new byte[] {0, 0x7E}))
                .isInstanceOf(CheckpointException.Malformed.class)
                .hasMessageContaining("lora_unet_conv_in.alpha is NaN");
    }

    @Test
    void refusesMetadataThatIsNotPefts() {
        String header = "{\"__metadata__\":{\"lora_adapter_metadata\":\"%s\"},%s}";
        String tensors = Map.of("unet.conv_in.lora_A.weight", "[1,4,3,3]", "unet.conv_in.lora_B.weight", "[8,1]")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tensor -> "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}"
                        .formatted(
                                tensor.getKey(),
                                tensor.getValue(),
                                tensor.getKey().contains("_A") ? "[0,144]" : "[144,176]"))
                .collect(Collectors.joining(","));
        for (String metadata : List.of("[]", "{", "{\\\"unet.lora_alpha\\\":\\\"4\\\"}")) {
            SafetensorsWriter.write(file, header.formatted(metadata, tensors), new byte[176]);
            assertThatThrownBy(() -> Lora.open(file, model))
                    .as(metadata)
                    .isInstanceOf(CheckpointException.Malformed.class);
        }
    }

    @Test
    void refusesAFileThatIsEmptyMissingOrCutShort() throws Exception {
        assertThatThrownBy(() -> lora("")).isInstanceOf(CheckpointException.Malformed.class);
        assertThatThrownBy(() -> Lora.open(folder.resolve("none.safetensors"), model))
                .isInstanceOf(CheckpointException.Missing.class);
        byte[] whole = Files.readAllBytes(resource("lora/kohya.safetensors"));
        Files.write(file, Arrays.copyOf(whole, whole.length - 7));
        assertThatThrownBy(() -> Lora.open(file, model)).isInstanceOf(CheckpointException.Malformed.class);
    }

    @Test
    void refusesALoraOfAModelWithOtherWidths() {
        model = ModelFolder.open(resource("velocity/model"));
        assertThatThrownBy(() -> Lora.open(resource("lora/peft.safetensors"), model))
                .isInstanceOf(CheckpointException.TensorMismatch.class);
    }

    @Test
    void textualInversionsAreNamedByTheirFileOrBySelf() {
        TextualInversion several = TextualInversion.open(resource("lora/bell-tower.safetensors"), "", model);
        assertThat(several.token()).isEqualTo("bell-tower");
        assertThat(several.tokens()).isEqualTo(3);
        TextualInversion one = TextualInversion.open(resource("lora/choir.safetensors"), "", model);
        assertThat(one.token()).isEqualTo("<choir>");
        assertThat(one.tokens()).isEqualTo(1);
        assertThat(TextualInversion.open(one.file().path(), "voices", model).token())
                .isEqualTo("voices");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            clip_l[2,16] clip_g[2,16] | Stable Diffusion XL
            emb_params[2,17]          | [tokens, 16]
            emb_params[1,2,16]        | [tokens, 16]
            emb_params[]              | [tokens, 16]
            emb_params[0,16]          | 1 to 75
            emb_params[76,16]         | 1 to 75
            emb_params[2,16]I32       | F32, F16 or BF16
            (bells)[16]               | without brackets
            """)
    void refusesOtherTextualInversions(String tensors, String message) {
        write(tensors);
        assertThatThrownBy(() -> TextualInversion.open(file, "", model))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(message);
    }

    @Test
    void torchFilesHoldTheSameLora() {
        Lora expected = Lora.open(resource("lora/kohya.safetensors"), model);
        Lora lora = Lora.open(resource("lora/kohya.bin"), model);

        assertThat(lora.unet().keySet()).isEqualTo(expected.unet().keySet());
        assertThat(lora.textEncoder().keySet()).isEqualTo(expected.textEncoder().keySet());
        lora.unet().forEach((weight, update) -> {
            assertThat(update.scale()).isEqualTo(expected.unet().get(weight).scale());
            assertThat(update.mapDown()).isEqualTo(expected.unet().get(weight).mapDown());
            assertThat(update.mapUp()).isEqualTo(expected.unet().get(weight).mapUp());
        });
    }

    @Test
    void torchFilesHoldTheSameTextualInversions() {
        TextualInversion several = TextualInversion.open(resource("lora/bell-tower.pt"), "", model);
        assertThat(several.token()).isEqualTo("bell-tower");
        assertThat(several.tokens()).isEqualTo(3);
        assertThat(several.map())
                .isEqualTo(TextualInversion.open(resource("lora/bell-tower.safetensors"), "", model)
                        .map());
        TextualInversion one = TextualInversion.open(resource("lora/choir.bin"), "", model);
        assertThat(one.token()).isEqualTo("<choir>");
        assertThat(one.map())
                .isEqualTo(TextualInversion.open(resource("lora/choir.safetensors"), "", model)
                        .map());
    }

    @Test
    void nothingInATorchFileIsRun() {
        assertThatThrownBy(() -> TextualInversion.open(resource("lora/hostile.pt"), "", model))
                .isInstanceOf(CheckpointException.Unsupported.class)
                .hasMessageContaining("posix.system")
                .hasMessageContaining("was not run");
        assertThatThrownBy(() -> Lora.open(resource("lora/hostile.pt"), model))
                .isInstanceOf(CheckpointException.Unsupported.class);
    }

    @Test
    void refusesTorchFilesThatHoldSomethingElse() throws Exception {
        write("clip_l[2,16] clip_g[2,16]");
        Path torch = folder.resolve("style.bin");
        TorchWriter.copy(file, torch, ZipEntry.STORED);
        assertThatThrownBy(() -> TextualInversion.open(torch, "", model))
                .isInstanceOf(CheckpointException.Unsupported.class)
                .hasMessageContaining("[clip_l, clip_g]")
                .hasMessageContaining("string_to_param");
        assertThatThrownBy(() -> Lora.open(resource("lora/bell-tower.pt"), model))
                .isInstanceOf(CheckpointException.Unsupported.class)
                .hasMessageContaining("under string_to_token that is no tensor");
    }
}
