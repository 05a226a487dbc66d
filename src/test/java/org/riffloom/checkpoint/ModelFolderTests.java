package org.riffloom.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** Spoils a good model in one place at a time, and expects to be told which. */
class ModelFolderTests {

    private static final String UNET = "unet/diffusion_pytorch_model.safetensors";

    @TempDir
    Path temporary;

    private Path model;

    @BeforeEach
    void copy() throws IOException, URISyntaxException {
        Path good = Path.of(ModelFolderTests.class
                .getResource("/org/riffloom/diffusion/epsilon/model")
                .toURI());
        model = temporary.resolve("model");
        FileSystemUtils.copyRecursively(good, model);
    }

    private void replace(String file, String from, String to) throws IOException {
        String text = Files.readString(model.resolve(file));
        String changed = text.replaceFirst(from, to);
        assertThat(changed).as("the test's own change").isNotEqualTo(text);
        Files.writeString(model.resolve(file), changed);
    }

    private static void assertSays(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOf(CheckpointException.class)
                .message()
                .contains(parts);
    }

    @Test
    void readsAModelOf2022() {
        ModelFolder folder = ModelFolder.open(model);

        assertThat(folder.unet().channels()).containsExactly(8, 8, 16);
        assertThat(folder.unet().heads()).containsExactly(2, 2, 2);
        assertThat(folder.unet().downAttention()).containsExactly(true, true, false);
        assertThat(folder.vae().factor()).isEqualTo(2);
        assertThat(folder.scheduler().stepsOffset()).isEqualTo(1);
        assertThat(folder.vaeWeights().entries()).containsKey("encoder.mid_block.attentions.0.to_out.0.weight");
        assertThat(folder.textEncoderWeights().entries()).doesNotContainKey("embeddings.position_ids");
        assertThat(folder.unetWeights().entries()).hasSizeGreaterThan(100);
    }

    @Test
    void weightsHaveTheSameFingerprintWhereverTheyAre() throws IOException {
        String fingerprint = ModelFolder.open(model).fingerprint();
        assertThat(fingerprint).matches("[0-9a-f]{64}");
        Path moved = temporary.resolve("elsewhere");
        Files.move(model, moved);
        model = moved;
        replace("unet/config.json", "\\{", "{ \"_name_or_path\": \"elsewhere\",");
        assertThat(ModelFolder.open(model).fingerprint()).isEqualTo(fingerprint);
    }

    /** Training moves each number a little. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text_encoder/model.safetensors",
                "unet/diffusion_pytorch_model.safetensors",
                "vae/diffusion_pytorch_model.safetensors"
            })
    void weightsThatWereTrainedFurtherHaveAnotherFingerprint(String file) throws IOException {
        String fingerprint = ModelFolder.open(model).fingerprint();
        Path path = model.resolve(file);
        SafetensorsFile weights = SafetensorsFile.open(path);
        byte[] bytes = Files.readAllBytes(path);
        List<TensorEntry> tensors = List.copyOf(weights.tensors().values());
        for (int i = 0; i < tensors.size(); i += 11) {
            TensorEntry tensor = tensors.get(i);
            byte[] changed = bytes.clone();
            changed[(int) (tensor.offset() + tensor.bytes() / 2)] ^= 1;
            Files.write(path, changed);
            assertThat(ModelFolder.open(model).fingerprint()).as(tensor.name()).isNotEqualTo(fingerprint);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model_index.json",
                "text_encoder/config.json",
                "unet/config.json",
                "vae/config.json",
                "scheduler/scheduler_config.json"
            })
    void missingOrBrokenConfigIsNamed(String file) throws IOException {
        Files.writeString(model.resolve(file), "{\"unfinished\": ");
        assertSays(() -> ModelFolder.open(model), file, "not valid JSON");
        Files.writeString(model.resolve(file), "[1]");
        assertSays(() -> ModelFolder.open(model), file, "not a JSON object");
        Files.writeString(model.resolve(file), "{}");
        assertSays(() -> ModelFolder.open(model), file);
        Files.write(model.resolve(file), new byte[2_000_000]);
        assertSays(() -> ModelFolder.open(model), file, "2000000 bytes");
        Files.delete(model.resolve(file));
        assertSays(() -> ModelFolder.open(model), file, "no such file");
    }

    @Test
    void missingFolder() {
        assertSays(() -> ModelFolder.open(temporary.resolve("nowhere")), "nowhere", "no such folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unet/config.json | \"layers_per_block\": 2 | \"layers_per_block\": \"two\" | layers_per_block",
                "unet/config.json | \"layers_per_block\": 2 | \"layers_per_block\": 0 | above 0",
                "unet/config.json | \"attention_head_dim\": 2 | \"attention_head_dim\": 3 | its heads",
                "unet/config.json | \"attention_head_dim\": 2 | \"attention_head_dim\": [2, 2] | 3 numbers",
                "unet/config.json | \"norm_num_groups\": 4 | \"norm_num_groups\": 3 | norm_num_groups",
                "unet/config.json | \"DownBlock2D\" | \"AttnDownBlock2D\" | AttnDownBlock2D",
                "unet/config.json | \"act_fn\": \"silu\" | \"act_fn\": \"mish\" | act_fn is mish; only silu",
                "unet/config.json | \"class_embed_type\": null | \"class_embed_type\": \"timestep\" | class_embed_type",
                "unet/config.json | \"in_channels\": 4 | \"in_channels\": 9 | in-painting",
                "unet/config.json | \"cross_attention_dim\": 16 | \"cross_attention_dim\": 32 | hidden_size",
                "vae/config.json | \"norm_num_groups\": 4 | \"norm_num_groups\": 5 | norm_num_groups",
                "vae/config.json | \"latents_mean\": null | \"latents_mean\": [0.1] | latents_mean",
                "text_encoder/config.json | quick_gelu | relu | hidden_act names relu",
                "text_encoder/config.json | \"num_attention_heads\": 2 | \"num_attention_heads\": 5 | multiple",
                "scheduler/scheduler_config.json | scaled_linear | sigmoid | beta_schedule names sigmoid",
                "scheduler/scheduler_config.json | \"epsilon\" | \"flow\" | prediction_type is flow",
                "scheduler/scheduler_config.json | \"leading\" | \"log\" | timestep_spacing is log",
                "model_index.json | \"vae\" | \"codec\" | names no vae",
            })
    void settingThatCannotBeRunIsNamed(String file, String from, String to, String message) throws IOException {
        replace(file, from, to);
        assertSays(() -> ModelFolder.open(model), message);
    }

    @Test
    void missingUnexpectedAndMisshapenTensorsAreListed() {
        Path file = model.resolve(UNET);
        SafetensorsWriter.copyOf(file, List.of("conv_in.weight", "conv_out.bias"))
                .add("conv_out.bias", TensorType.F32, List.of(2L, 2L), new byte[16])
                .add("lora.down", TensorType.F32, List.of(1L), new byte[4])
                .write(file);

        assertThatThrownBy(() -> ModelFolder.open(model).unetWeights())
                .isInstanceOf(CheckpointException.TensorMismatch.class)
                .hasMessageContaining("unet")
                .hasMessageContaining("Missing: conv_in.weight.")
                .hasMessageContaining("Unexpected: lora.down.")
                .hasMessageContaining("conv_out.bias has shape [2, 2] instead of [4]");
    }

    @Test
    void manyMissingTensorsAreCounted() {
        SafetensorsFile whole = SafetensorsFile.open(model.resolve(UNET));
        SafetensorsWriter.copyOf(whole.path(), List.copyOf(whole.tensors().keySet()))
                .write(whole.path());

        assertSays(
                () -> ModelFolder.open(model).unetWeights(),
                "conv_in.bias",
                "and " + (whole.tensors().size() - 8) + " more");
    }

    @Test
    void sameTensorUnderTwoNamesIsRefused() {
        Path file = model.resolve("vae/diffusion_pytorch_model.safetensors");
        SafetensorsWriter.copyOf(file, List.of())
                .add("decoder.mid_block.attentions.0.to_q.bias", TensorType.F32, List.of(16L), new byte[64])
                .write(file);

        assertSays(() -> ModelFolder.open(model).vaeWeights(), "(a second decoder.mid_block.attentions.0.to_q.bias)");
    }

    @Test
    void weightsThatAreNoFloatsAreRefused() {
        Path file = model.resolve(UNET);
        SafetensorsWriter.copyOf(file, List.of("conv_out.bias"))
                .add("conv_out.bias", TensorType.I8, List.of(4L), new byte[4])
                .write(file);

        assertSays(() -> ModelFolder.open(model).unetWeights(), "conv_out.bias", "I8", "F32, F16 or BF16");
    }

    @Test
    void missingWeightsAreNamedByTheUsualName() throws IOException {
        Files.delete(model.resolve(UNET));
        assertSays(() -> ModelFolder.open(model).unetWeights(), UNET, "no such file");
    }

    @Test
    void tokenizerFilesAreNamed() throws IOException {
        Path merges = model.resolve("tokenizer/merges.txt");
        Files.writeString(merges, "#version: 0.2\na b\nonly-one\n");
        assertSays(() -> ModelFolder.open(model), "merges.txt", "\"only-one\"");
        Files.delete(merges);
        assertSays(() -> ModelFolder.open(model), "tokenizer", "merges.txt");
        Files.writeString(merges, "a b\n");
        Files.writeString(model.resolve("tokenizer/vocab.json"), "{\"a\": 1}");
        assertSays(() -> ModelFolder.open(model), "vocab.json", "<|startoftext|>");
    }
}
