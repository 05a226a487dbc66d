package org.riffloom.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.riffloom.archive.ArchivedClip.Origin;
import org.riffloom.archive.ClipArchive.Shared;
import org.riffloom.archive.ClipArchive.Swept;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.Moment;
import org.riffloom.clip.StreamState;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffDirection;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.SchedulerName;
import org.springframework.util.unit.DataSize;

/** What every archive must do, whatever it stores things in. */
abstract class ClipArchiveContract {

    static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");

    private static final String FINGERPRINT = "7c".repeat(32);

    /** An empty archive with these limits. */
    abstract ClipArchive archive(ArchiveProperties properties) throws IOException;

    /** The same archive, after its process was ended and another one has begun. */
    abstract ClipArchive reopened(ArchiveProperties properties) throws IOException;

    private static final ArchiveProperties USUAL = properties(1 << 30, 1 << 30);

    static ArchiveProperties properties(long keepBytes, long sharedBytes) {
        return new ArchiveProperties(
                "",
                Duration.ofHours(24),
                DataSize.ofBytes(keepBytes),
                DataSize.ofBytes(sharedBytes),
                Duration.ofMinutes(10));
    }

    /** A clip with its own sound, picture and state; {@code number} tells it from others. */
    static Clip clip(int number) {
        float[] samples = new float[4_410];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.3 * Math.sin(i * (0.01 + 0.001 * number)) + (i * 7919 % 65_536 - 32_768) / 1e6);
        }
        ByteArrayOutputStream wav = new ByteArrayOutputStream();
        try {
            WaveWriter.write(new Waveform(44_100, new float[][] {samples}), wav);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Clip(
                ClipId.random(),
                recipe(number),
                EncodedMedia.of("audio/wav", wav.toByteArray()),
                EncodedMedia.of("image/png", ("picture " + number).getBytes(StandardCharsets.UTF_8)),
                0.1,
                0.05,
                Duration.ofSeconds(1),
                StreamState.of(("state " + number).getBytes(StandardCharsets.UTF_8)));
    }

    /** Everything that a recipe can have, and markup. */
    private static Interpolation recipe(int number) {
        return new Interpolation(
                new RiffPoint(
                        new Prompt("jazz \"piano\" \\ ünïcödé 🎹 <b>" + number), "drums, 'quoted'", -number, 0.75, 3),
                new RiffPoint(
                        PromptMix.of(List.of(
                                new PromptMix.Part(new Prompt("church \"bells\""), 1),
                                new PromptMix.Part(new Prompt("harp"), 2.0 + number % 7))),
                        "",
                        Long.MAX_VALUE,
                        1,
                        1),
                0.25,
                number % 2 == 0 ? "pulse-8" : null,
                20,
                number % 2 == 0 ? null : "top-half",
                number % 2 == 0 ? SchedulerName.DPM_SOLVER_KARRAS : null,
                number % 2 == 0 ? new LoraWeights(Map.of("bells", 0.8, "a.b", -1.0)) : null);
    }

    private static ClipId kept(ClipArchive archive, int number, Instant heardAt) {
        return kept(archive, clip(number), heardAt);
    }

    private static ClipId kept(ClipArchive archive, Clip clip, Instant heardAt) {
        archive.keep(
                clip,
                new Origin(clip.recipe(), RiffDirection.USUAL, "riffloom-mini", FINGERPRINT, "4f1c2a9be03d7756"),
                heardAt);
        return clip.id();
    }

    private static Shared.Done shared(ClipArchive archive, ClipId... clips) {
        return assertThat(archive.share(List.of(clips), NOW))
                .asInstanceOf(type(Shared.Done.class))
                .actual();
    }

    @Test
    void givesBackWhatWasKept() throws IOException {
        ClipArchive archive = archive(USUAL);
        for (int number = 0; number < 2; number++) {
            Clip clip = clip(number);
            Origin origin =
                    new Origin(clip.recipe(), RiffDirection.USUAL, "riffloom-mini", FINGERPRINT, "4f1c2a9be03d7756");
            archive.keep(clip, origin, NOW);
            // Once more makes no difference.
            archive.keep(clip, origin, NOW.plusSeconds(1));

            ArchivedClip found = archive.clip(clip.id()).orElseThrow();
            assertThat(found.origin()).isEqualTo(origin);
            assertThat(found.heardAt()).isEqualTo(NOW);
            assertThat(found.seconds()).isEqualTo(0.1);
            assertThat(found.imageOffsetSeconds()).isEqualTo(0.05);
            assertThat(Files.readAllBytes(archive.picture(found)))
                    .isEqualTo(clip.image().toArray());
            assertThat(archive.state(found)).isEqualTo(clip.after());
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            WaveWriter.write(SoundReader.read(archive.sound(found)), again);
            assertThat(again.toByteArray()).isEqualTo(clip.audio().toArray());
        }
        assertThat(archive.clip(ClipId.random())).isEmpty();
    }

    @Test
    void sharesClipsInTheirOrder() throws IOException {
        ClipArchive archive = archive(USUAL);
        List<ClipId> clips = IntStream.range(0, ClipArchive.MAX_CLIPS)
                .mapToObj(number -> kept(archive, number, NOW))
                .toList();
        Shared.Done done = shared(archive, clips.toArray(ClipId[]::new));
        SharedLink link = archive.link(done.link()).orElseThrow();
        assertThat(link.clips()).extracting(ArchivedClip::id).isEqualTo(clips);
        assertThat(link.madeAt()).isEqualTo(NOW);
        assertThat(archive.link(LinkId.random())).isEmpty();

        ClipId unknown = ClipId.random();
        assertThat(archive.share(List.of(clips.get(0), unknown), NOW)).isEqualTo(new Shared.Gone(List.of(unknown)));
        assertThatThrownBy(() -> archive.share(List.of(), NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> archive.share(List.of(unknown, unknown), NOW))
                .hasMessageContaining("1 to 12 different clips");
    }

    @Test
    void outlivesItsProcess() throws IOException {
        ClipArchive archive = archive(USUAL);
        ClipId clip = kept(archive, 1, NOW);
        LinkId link = shared(archive, clip).link();
        ClipArchive after = reopened(USUAL);
        assertThat(after.link(link).orElseThrow().clips())
                .extracting(ArchivedClip::id)
                .containsExactly(clip);
        assertThat(after.clip(clip)).isPresent();
    }

    @Test
    void forgetsWhatIsOldUnlessALinkLeadsThere() throws IOException {
        ClipArchive archive = archive(USUAL);
        ClipId old = kept(archive, 1, NOW.minus(Duration.ofHours(25)));
        ClipId oldShared = kept(archive, 2, NOW.minus(Duration.ofHours(25)));
        ClipId young = kept(archive, 3, NOW.minus(Duration.ofHours(23)));
        Shared.Done done = shared(archive, oldShared);
        ArchivedClip sound = archive.clip(oldShared).orElseThrow();
        ArchivedClip forgotten = archive.clip(old).orElseThrow();

        // The files are as young as this test.
        assertThat(archive.sweep(NOW)).isEqualTo(new Swept(1, 0));
        assertThat(archive.clip(old)).isEmpty();
        assertThat(archive.clip(young)).isPresent();
        assertThat(archive.clip(oldShared)).isPresent();
        Instant later = Instant.now().plus(Duration.ofDays(1));
        assertThat(archive.sweep(later)).isEqualTo(new Swept(1, 6));
        assertThat(archive.sound(forgotten)).doesNotExist();
        assertThat(archive.picture(forgotten)).doesNotExist();
        assertThat(archive.sound(sound)).exists();
        assertThat(archive.state(sound).isSilence()).isFalse();

        assertThat(archive.remove(done.link(), OwnerKey.random())).isFalse();
        assertThat(archive.link(done.link())).isPresent();
        assertThat(archive.remove(done.link(), done.owner())).isTrue();
        assertThat(archive.remove(done.link(), done.owner())).isFalse();
        assertThat(archive.link(done.link())).isEmpty();
        assertThat(archive.sweep(later)).isEqualTo(new Swept(1, 3));
        assertThat(archive.sound(sound)).doesNotExist();
        assertThat(archive.state(sound)).isEqualTo(StreamState.SILENCE);
    }

    /** What a prompt says is none, however it looks. */
    @Test
    void knowsWhichOwnSeedImagesItsClipsWereMadeFrom() throws IOException {
        ClipArchive archive = archive(USUAL);
        String shared = "own-" + "s".repeat(22);
        String unshared = "own-" + "u".repeat(22);
        Prompt prompt = new Prompt("jazz \"seedImage\":\"own-piano\"");
        Instant yesterday = NOW.minus(Duration.ofHours(25));
        kept(archive, 2, yesterday);
        kept(archive, withSeedImage(clip(3), prompt, null), yesterday);
        kept(archive, withSeedImage(clip(4), prompt, unshared), yesterday);
        ClipId id = kept(archive, withSeedImage(clip(5), prompt, shared), yesterday);
        shared(archive, id);
        assertThat(archive.ownSeedImages()).containsExactlyInAnyOrder(shared, unshared);
        archive.sweep(NOW);
        assertThat(archive.ownSeedImages()).containsExactly(shared);
    }

    private static Clip withSeedImage(Clip clip, Prompt prompt, @Nullable String seedImage) {
        Interpolation recipe = Interpolation.at(new RiffPoint(prompt, "", 7, 0.75, 3), seedImage, 20);
        return new Clip(
                clip.id(),
                recipe,
                clip.audio(),
                clip.image(),
                clip.seconds(),
                clip.imageOffsetSeconds(),
                clip.making(),
                clip.after());
    }

    @Test
    void tellsTheMomentThatALinkEndsAt() throws IOException {
        ClipArchive archive = archive(USUAL);
        Clip first = clip(1);
        Clip last = clip(2);
        for (Clip clip : List.of(first, last)) {
            archive.keep(clip, new Origin(clip.recipe(), RiffDirection.USUAL, "riffloom-mini", FINGERPRINT, ""), NOW);
        }
        Shared.Done done = shared(archive, first.id(), last.id());
        LinkMoments moments = new LinkMoments(archive);
        assertThat(moments.find(done.link().value()))
                .hasValue(new Moment(last.recipe(), RiffDirection.USUAL, FINGERPRINT, last.after()));
        archive.remove(done.link(), done.owner());
        for (String link : List.of(done.link().value(), "", "../" + "A".repeat(19), "' or 1 = 1 --")) {
            assertThat(moments.find(link)).as(link).isEmpty();
        }
    }

    @Test
    void keepsClipsThatStandAlone() throws IOException {
        ClipArchive archive = archive(USUAL);
        Clip clip = clip(1);
        Clip alone =
                new Clip(clip.id(), clip.recipe(), clip.audio(), clip.image(), clip.seconds(), 0.05, clip.making());
        archive.keep(alone, new Origin(alone.recipe(), RiffDirection.USUAL, "riffloom-mini", FINGERPRINT, ""), NOW);
        ArchivedClip found = archive.clip(alone.id()).orElseThrow();
        assertThat(found.state()).isEmpty();
        assertThat(archive.state(found)).isEqualTo(StreamState.SILENCE);
    }

    @Test
    void keepsAFileThatTwoClipsShare() throws IOException {
        ClipArchive archive = archive(USUAL);
        ClipId first = kept(archive, 1, NOW.minus(Duration.ofHours(25)));
        ClipId second = kept(archive, 1, NOW);
        assertThat(archive.sound(archive.clip(first).orElseThrow()))
                .isEqualTo(archive.sound(archive.clip(second).orElseThrow()));
        assertThat(archive.sweep(NOW).clips()).isEqualTo(1);
        shared(archive, second);
        archive.sweep(Instant.now().plus(Duration.ofDays(1)));
        assertThat(archive.sound(archive.clip(second).orElseThrow())).exists();
    }

    @Test
    void forgetsTheOldestWhereThereIsTooMuch() throws IOException {
        ClipArchive full = archive(USUAL);
        ClipId clip = kept(full, 1, NOW);
        long bytes = Files.size(full.sound(full.clip(clip).orElseThrow()))
                + Files.size(full.picture(full.clip(clip).orElseThrow()))
                + "state 1".length();
        full.share(List.of(clip), NOW);

        // Room for four of them, beside the one that is shared.
        ClipArchive archive = reopened(properties(4 * bytes + bytes / 2, 1 << 30));
        List<ClipId> clips = IntStream.range(0, 7)
                .mapToObj(number -> kept(archive, 1, NOW.minusSeconds(number)))
                .toList();
        assertThat(archive.sweep(NOW).clips()).isEqualTo(3);
        assertThat(clips).filteredOn(id -> archive.clip(id).isPresent()).isEqualTo(clips.subList(0, 4));
        assertThat(archive.clip(clip)).isPresent();
    }

    @Test
    void sharesNoMoreThanThereIsRoomFor() throws IOException {
        ClipArchive archive = archive(properties(1 << 30, 1));
        ClipId first = kept(archive, 1, NOW);
        ClipId second = kept(archive, 2, NOW);
        Shared.Done done = shared(archive, first);
        assertThat(archive.share(List.of(second), NOW)).isEqualTo(new Shared.Full(1));
        archive.remove(done.link(), done.owner());
        shared(archive, second);
    }
}
