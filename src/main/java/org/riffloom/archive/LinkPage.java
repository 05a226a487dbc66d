package org.riffloom.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        int cardWidth,
        int cardHeight) {

    /** A format of the sound. */
    record Source(String name, String file, String mediaType) {}

    /** A line of the recipe. */
    record Line(String name, String value) {}

    private static final String SEPARATOR = ": ";

    /** @param home address of the player, ending in a slash */
    static LinkPage of(SharedLink link, String home) {
        String address = home + "c/" + link.id();
        List<Line> recipe = LinkMedia.tags(link, address)
                .comment()
                .lines()
                .map(line -> new Line(
                        line.substring(0, line.indexOf(SEPARATOR)),
                        line.substring(line.indexOf(SEPARATOR) + SEPARATOR.length())))
                .filter(line -> !line.name().equals("link"))
                .toList();
        Interpolation last = link.clips().get(link.clips().size() - 1).origin().recipe();
        return new LinkPage(
                link.id().value(),
                LinkMedia.tags(link, address).title(),
                address,
                home,
                String.format(Locale.ROOT, "%.0f seconds", link.seconds()),
                List.of(LinkMedia.Format.FLAC, LinkMedia.Format.MP3, LinkMedia.Format.WAV, LinkMedia.Format.OPUS)
                        .stream()
                        .map(format -> new Source(format.name(), "sound." + format.ending(), format.mediaType))
                        .toList(),
                recipe,
                goOn(last, home),
                LinkCard.WIDTH,
                LinkCard.HEIGHT);
    }

    private static String goOn(Interpolation last, String home) {
        UriComponentsBuilder address = UriComponentsBuilder.fromUriString(home)
                .queryParam("seed", last.start().seed());
        PromptMix mix = (last.alpha() > 0 ? last.end() : last.start()).prompt();
        List<String> prompts = new ArrayList<>();
        for (PromptMix.Part part : mix.parts()) {
            address.queryParam("prompt", "{" + prompts.size() + "}");
            prompts.add(part.prompt().text());
            if (mix.isMixed()) {
                address.queryParam("weight", part.weight());
            }
        }
        return address.encode().buildAndExpand(prompts.toArray()).toUriString();
    }
}
