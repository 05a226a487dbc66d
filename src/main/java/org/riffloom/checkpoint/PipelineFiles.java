package org.riffloom.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.riffloom.checkpoint.hub.FileChoice;

/**
 * The files that {@link ModelFolder} reads, out of all that a repository of a diffusers pipeline holds: no safety
 * checker, no second copy of the weights in another format or precision, no single file for other programs.
 *
 * @param half whether weights in half precision are preferred, where there are any
 */
public record PipelineFiles(boolean half) implements FileChoice {

    private static final List<String> REQUIRED = List.of(
            "model_index.json",
            "text_encoder/config.json",
            "unet/config.json",
            "vae/config.json",
            "scheduler/scheduler_config.json");

    /** What a model trained for this program says about its use, and what tokenizers are made of. */
    private static final Pattern OPTIONAL = Pattern.compile("riffloom\\.json"
            + "|tokenizer/(tokenizer|tokenizer_config|special_tokens_map|vocab)\\.json"
            + "|tokenizer/merges\\.txt"
            + "|seed_images/[A-Za-z0-9_-]{1,100}\\.(json|png|jpg)");

    @Override
    public Chosen choose(Set<String> paths) {
        List<String> files = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String path : REQUIRED) {
            (paths.contains(path) ? files : missing).add(path);
        }
        paths.stream().filter(path -> OPTIONAL.matcher(path).matches()).forEach(files::add);
        if (!paths.contains("tokenizer/tokenizer.json")
                && !(paths.contains("tokenizer/vocab.json") && paths.contains("tokenizer/merges.txt"))) {
            missing.add("tokenizer/tokenizer.json (or vocab.json and merges.txt)");
        }
        weights("text_encoder", WeightsName.TRANSFORMERS, paths, files, missing);
        weights("unet", WeightsName.DIFFUSERS, paths, files, missing);
        weights("vae", WeightsName.DIFFUSERS, paths, files, missing);
        return new Chosen(files, missing);
    }

    private void weights(String part, WeightsName name, Set<String> paths, List<String> files, List<String> missing) {
        Optional<String> found = (half ? name.halfFirst() : name.fullFirst())
                .stream().map(file -> part + "/" + file).filter(paths::contains).findFirst();
        found.ifPresentOrElse(files::add, () -> missing.add(part + "/" + name.usual() + " (or .bin)"));
    }
}
