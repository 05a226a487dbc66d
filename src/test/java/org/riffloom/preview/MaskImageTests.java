package org.riffloom.preview;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.FixedMasks;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.MaskImages;
import org.riffloom.clip.ModelInfo;
import org.riffloom.inference.NoSeedImages;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.RiffSettings;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The masks over HTTP. */
class MaskImageTests {

    private static final EncodedMedia PICTURE =
            EncodedMedia.of("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 7});

    private final CompletableFuture<LoadedModel> model = new CompletableFuture<>();
    private final MockMvc http = MockMvcBuilders.standaloneSetup(new MaskImageController(() -> model))
            .build();

    @Test
    void aMaskIsSeenAndAskedForAgain() throws Exception {
        model.complete(loaded(new OneMask()));
        http.perform(get("/mask-images/top-half.png"))
                .andExpect(status().isOk())
                .andExpect(content().contentType(MediaType.IMAGE_PNG))
                .andExpect(content().bytes(PICTURE.toArray()))
                .andExpect(header().string(HttpHeaders.CACHE_CONTROL, "no-cache"));
        http.perform(get("/mask-images/top-half.png")
                        .header(HttpHeaders.IF_NONE_MATCH, "\"" + PICTURE.fingerprint() + "\""))
                .andExpect(status().isNotModified());
    }

    @Test
    void whatIsNoMaskOfTheModelIsNotThere() throws Exception {
        model.complete(loaded(new OneMask()));
        http.perform(get("/mask-images/bottom-half.png")).andExpect(status().isNotFound());
        // One of the operator's can be named in a recipe, but only the model's own are shown.
        http.perform(get("/mask-images/added.png")).andExpect(status().isNotFound());
    }

    @Test
    void untilTheModelIsThereTheClientIsAskedToComeBack() throws Exception {
        http.perform(get("/mask-images/top-half.png"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(header().string(HttpHeaders.RETRY_AFTER, "2"));
        model.completeExceptionally(new IllegalStateException("secret"));
        http.perform(get("/mask-images/top-half.png"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(header().doesNotExist(HttpHeaders.RETRY_AFTER));
    }

    private static LoadedModel loaded(MaskImages masks) {
        ModelInfo info = new ModelInfo(
                "test",
                44_100,
                5.12,
                new RiffSettings(42, null, 0.75, 7, 25, ""),
                List.of(),
                masks.ids(),
                new LoraWeights(Map.of()));
        return new LoadedModel(
                "",
                info,
                new NoSeedImages(),
                masks,
                () -> {
                    throw new AssertionError("no clip is needed to show a mask");
                },
                (recipe, progress) -> {
                    throw new AssertionError("no clip is needed to show a mask");
                });
    }

    private static final class OneMask implements MaskImages {

        private final MaskImages names = new FixedMasks(List.of("top-half", "added"));

        @Override
        public List<String> ids() {
            return names.ids();
        }

        @Override
        public boolean has(String id) {
            return names.has(id);
        }

        @Override
        public Optional<EncodedMedia> picture(String id) {
            return id.equals("top-half") ? Optional.of(PICTURE) : Optional.empty();
        }
    }
}
