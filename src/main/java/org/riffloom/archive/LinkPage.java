package org.riffloom.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.LoadedModel;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.PromptMix;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What the page of a link shows.
 *
 * @param id of the link
 * @param title the prompt, or two with an arrow between them
 * @param address of the page
 * @param home address of the player
 * @param length in words
 * @param sources of its sound, the exact one first
 * @param recipe line by line
 * @param goOn address of the player, playing from here
 * @param otherModel the name of the model that would go on from here, where that is not the one that made it; else
 *     {@code null}
 * @param cardWidth of the preview in pixels
 * @param cardHeight likewise
 */
record LinkPage(
        String id,
        String title,
        String address,
        String home,
        String length,
        List<Source> sources,
        List<Line> recipe,
        String goOn,
        @Nullable String otherModel,
        int cardWidth,
        int cardHeight) {

    /** A format of the sound. */
    record Source(String name, String file, String mediaType) {}

    /** A line of the recipe. */
    record Line(String name, String value) {}

    private static final String SEPARATOR = ": ";

    /**
     * @param home address of the player, ending in a slash
     * @param loaded the model that plays now, or {@code null} while there is none
     */
    static LinkPage of(SharedLink link, String home, @Nullable LoadedModel loaded) {
        String address = home + "c/" + link.id();
        List<Line> recipe = ClipMedia.tags(link.clips(), address)
                .comment()
                .lines()
                .map(line -> new Line(
                        line.substring(0, line.indexOf(SEPARATOR)),
                        line.substring(line.indexOf(SEPARATOR) + SEPARATOR.length())))
                .filter(line -> !line.name().equals("link"))
                .toList();
        Interpolation last = link.last().origin().recipe();
        return new LinkPage(
                link.id().value(),
                ClipMedia.tags(link.clips(), address).title(),
                address,
                home,
                String.format(Locale.ROOT, "%.0f seconds", link.seconds()),
                List.of(ClipMedia.Format.FLAC, ClipMedia.Format.MP3, ClipMedia.Format.WAV, ClipMedia.Format.OPUS)
                        .stream()
                        .map(format -> new Source(format.name(), "sound." + format.ending(), format.mediaType))
                        .toList(),
                recipe,
                goOn(link.id(), last, home),
                loaded == null || isOf(link.last(), loaded)
                        ? null
                        : loaded.info().name(),
                LinkCard.WIDTH,
                LinkCard.HEIGHT);
    }

    /** The words and the seed are for those who read the address, and for the day when the link is gone. */
    private static String goOn(LinkId link, Interpolation last, String home) {
        UriComponentsBuilder address = UriComponentsBuilder.fromUriString(home).queryParam("link", link);
        PromptMix mix = (last.alpha() > 0 ? last.end() : last.start()).prompt();
        List<String> prompts = new ArrayList<>();
        for (PromptMix.Part part : mix.parts()) {
            address.queryParam("prompt", "{" + prompts.size() + "}");
            prompts.add(part.prompt().text());
        }
        address.queryParam("seed", last.start().seed());
        if (mix.isMixed()) {
            mix.parts().forEach(part -> address.queryParam("weight", part.weight()));
        }
        return address.encode().buildAndExpand(prompts.toArray()).toUriString();
    }

    /** Of clips that are older than fingerprints, nobody can say that they are of another model. */
    private static boolean isOf(ArchivedClip clip, LoadedModel model) {
        String fingerprint = clip.origin().fingerprint();
        return fingerprint.isEmpty() || fingerprint.equals(model.fingerprint());
    }
}
