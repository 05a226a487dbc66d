package org.riffloom.checkpoint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a tensor in a LoRA file says.
 *
 * @param network that it is for
 * @param module that it is for, without the network's prefix, with dots or, from kohya's trainer, underscores
 * @param part of the module's update
 */
record LoraKey(Network network, String module, Part part) {

    enum Network {
        /** Also that of files without prefixes: diffusers' first trainers knew no other. */
        UNET("unet", "unet\\.|lora_unet_|"),
        TEXT_ENCODER("text_encoder", "text_encoder\\.|lora_te1?_|(?=text_model\\.)");

        private final String prefix;
        private final Pattern prefixes;

        Network(String prefix, String prefixes) {
            this.prefix = prefix;
            this.prefixes = Pattern.compile("(?:base_model\\.model\\.)?(?:" + prefixes + ")");
        }

        /** Its name in the metadata that peft writes. */
        String prefix() {
            return prefix;
        }
    }

    enum Part {
        DOWN,
        UP,
        ALPHA
    }

    /** Longer than the name of any layer; a bound for the time that matching takes. */
    private static final int MAX_LENGTH = 300;

    private static final Pattern FORM = Pattern.compile("(?<module>[\\w.]+?)(?:"
            // peft, with or without the name of the adapter
            + "\\.lora_(?<letter>[AB])(?:\\.\\w+)?\\.weight"
            // .lora.down and _lora.down, .lora_linear_layer.down, .lora_down
            + "|[._]lora(?:_linear_layer)?[._](?<word>down|up)\\.weight"
            + "|(?:[._]lora(?:_linear_layer)?)?(?:\\.down)?\\.alpha)");

    /** Reads a name; empty if it is not that of a part of a LoRA. */
    static Optional<LoraKey> parse(String name) {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(name);
        if (!form.matches()) {
            return Optional.empty();
        }
        String module = form.group("module");
        Matcher text = Network.TEXT_ENCODER.prefixes.matcher(module);
        Network network = text.lookingAt() ? Network.TEXT_ENCODER : Network.UNET;
        Matcher prefix = network.prefixes.matcher(module);
        String bare = prefix.lookingAt() ? module.substring(prefix.end()) : module;
        return Optional.of(new LoraKey(network, bare.replace(".processor.", "."), part(form)));
    }

    private static Part part(Matcher form) {
        if ("A".equals(form.group("letter")) || "down".equals(form.group("word"))) {
            return Part.DOWN;
        }
        return form.group("letter") == null && form.group("word") == null ? Part.ALPHA : Part.UP;
    }
}
