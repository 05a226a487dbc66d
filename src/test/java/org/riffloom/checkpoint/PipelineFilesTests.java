package org.riffloom.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.checkpoint.hub.FetchListener;
import org.riffloom.checkpoint.hub.FileChoice.Chosen;
import org.riffloom.checkpoint.hub.HubServer;
import org.riffloom.checkpoint.hub.HubSettings;

class PipelineFilesTests {

    /** The kinds of file that a repository such as Riffusion's holds, needed and not. */
    private static final Set<String> RIFFUSION = Set.of(
            ".gitattributes",
            "README.md",
            "feature_extractor/preprocessor_config.json",
            "model_index.json",
            "riffusion-model-v1.ckpt",
            "safety_checker/config.json",
            "safety_checker/pytorch_model.bin",
            "scheduler/scheduler_config.json",
            "text_encoder/config.json",
            "text_encoder/pytorch_model.bin",
            "tokenizer/merges.txt",
            "tokenizer/special_tokens_map.json",
            "tokenizer/tokenizer_config.json",
            "tokenizer/vocab.json",
            "unet/config.json",
            "unet/diffusion_pytorch_model.bin",
            "unet_traced.pt",
            "vae/config.json",
            "vae/diffusion_pytorch_model.bin");

    @TempDir
    Path folder;

    private static Set<String> with(String... more) {
        Set<String> paths = new TreeSet<>(RIFFUSION);
        paths.addAll(List.of(more));
        return paths;
    }

    @Test
    void takesWhatThePipelineReads() {
        Chosen chosen = new PipelineFiles(false).choose(RIFFUSION);
        assertThat(chosen.missing()).isEmpty();
        assertThat(chosen.files())
                .hasSize(12)
                .contains("unet/diffusion_pytorch_model.bin", "text_encoder/pytorch_model.bin", "tokenizer/vocab.json")
                .noneMatch(path -> path.contains("safety") || path.contains("feature") || path.contains("ckpt"));
    }

    @Test
    void takesEachNetworkOnce() {
        Set<String> paths = with(
                "unet/diffusion_pytorch_model.safetensors",
                "unet/diffusion_pytorch_model.fp16.safetensors",
                "unet/diffusion_pytorch_model.fp16.bin",
                "vae/diffusion_pytorch_model.fp16.bin");
        assertThat(new PipelineFiles(false).choose(paths).files())
                .contains("unet/diffusion_pytorch_model.safetensors", "vae/diffusion_pytorch_model.bin")
                .hasSize(12);
        assertThat(new PipelineFiles(true).choose(paths).files())
                .contains(
                        "unet/diffusion_pytorch_model.fp16.safetensors",
                        "vae/diffusion_pytorch_model.fp16.bin",
                        "text_encoder/pytorch_model.bin")
                .hasSize(12);
    }

    @Test
    void namesWhatIsMissing() {
        Set<String> paths = with();
        paths.removeAll(List.of("tokenizer/merges.txt", "unet/config.json", "vae/diffusion_pytorch_model.bin"));
        assertThat(new PipelineFiles(false).choose(paths).missing())
                .hasSize(3)
                .anyMatch(text -> text.startsWith("tokenizer/tokenizer.json"))
                .contains("unet/config.json")
                .anyMatch(text -> text.startsWith("vae/diffusion_pytorch_model.safetensors"));
    }

    @Test
    void neverLeavesTheFolder() {
        assertThat(new PipelineFiles(false)
                        .choose(with("seed_images/../../x.png", "seed_images/a.png", "/etc/x", "tokenizer/../x.json"))
                        .files())
                .contains("seed_images/a.png")
                .noneMatch(path -> path.contains("..") || path.startsWith("/"));
    }

    @Test
    void modelOfAHubIsFetchedOnceAndOpens() throws IOException, URISyntaxException {
        Path good = Path.of(PipelineFilesTests.class
                .getResource("/org/riffloom/diffusion/epsilon/model")
                .toURI());
        Path first;
        List<String> asked = new ArrayList<>();
        try (HubServer server = new HubServer().serve(good)) {
            server.serve("safety_checker/pytorch_model.bin", new byte[100]);
            HubSettings settings = new HubSettings(server.endpoint(), folder.resolve("hub"), null, false);
            ModelLocator locator = new ModelLocator(folder, () -> settings);
            first = locator.locate(HubServer.MODEL, () -> false, FetchListener.NONE);
            server.requests().forEach(request -> asked.add(request.path()));
            server.close();
            assertThat(locator.locate(HubServer.MODEL, () -> false, FetchListener.NONE))
                    .as("from the cache, with the hub gone")
                    .isEqualTo(first);
        }
        assertThat(asked).contains("unet/config.json").noneMatch(path -> path.contains("safety"));
        ModelFolder model = ModelFolder.open(first);
        assertThat(model.profile().name()).isEqualTo(HubServer.MODEL);
        assertThat(model.unetWeights().entries()).isNotEmpty();
    }
}
