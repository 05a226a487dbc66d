package org.riffloom.archive;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import org.riffloom.archive.ClipMedia.Format;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.WaveWriter;
import org.riffloom.clip.ClipId;
import org.riffloom.web.Problems;
import org.riffloom.web.RequestBudget;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves single clips once more, so that a page need not keep all that was heard. Whoever knows a clip's id was sent it:
 * nobody can guess one.
 */
@RestController
final class ClipController {

    private static final MediaType WAV = MediaType.parseMediaType("audio/wav");

    /** A clip never changes; but it is one listener's own, and can be forgotten. */
    private static final CacheControl CACHE =
            CacheControl.maxAge(Duration.ofHours(1)).cachePrivate().immutable();

    private final ClipArchive archive;
    private final ClipMedia media;
    private final FileDesk files;
    private final RequestBudget again;

    ClipController(ClipArchive archive, ClipMedia media, FileDesk files, LinkLimits limits) {
        this.archive = archive;
        this.media = media;
        this.files = files;
        this.again = new RequestBudget(limits.clipsPerClient(), limits.clips(), System::nanoTime);
    }

    /**
     * The sound of clips, end to end, to be saved as a file.
     *
     * @param ids of 1 to {@value ClipArchive#MAX_CLIPS} clips, in the order that they are heard in
     * @param loop whether the last leads into the first
     */
    @GetMapping("/clips/sound.{ending}")
    ResponseEntity<byte[]> sound(
            @PathVariable String ending,
            @RequestParam(name = "id", defaultValue = "") List<String> ids,
            @RequestParam(defaultValue = "false") boolean loop,
            HttpServletRequest request) {
        Format format = Format.of(ending)
                .orElseThrow(() -> Problems.of(
                        HttpStatus.NOT_FOUND, "There is no sound." + ending + "; there are wav, flac, mp3 and opus."));
        if (loop && !format.loops()) {
            throw Problems.of(
                    HttpStatus.BAD_REQUEST,
                    "A loop is WAV or FLAC: other formats do not keep where it begins and ends.");
        }
        List<ArchivedClip> clips = required(ids);
        byte[] file = files.file(
                name(ids) + (loop ? " loop." : ".") + ending,
                () -> loop ? media.loop(clips, format) : media.sound(clips, format, ""),
                request);
        return saved(MediaType.parseMediaType(format.mediaType), file, clips, (loop ? "-loop." : ".") + ending);
    }

    /** The pictures of clips side by side, to be saved as a file, from which their sound can be made again. */
    @GetMapping("/clips/picture.png")
    ResponseEntity<byte[]> picture(
            @RequestParam(name = "id", defaultValue = "") List<String> ids, HttpServletRequest request) {
        List<ArchivedClip> clips = required(ids);
        byte[] file = files.file(name(ids) + ".png", () -> media.picture(clips), request);
        return saved(MediaType.IMAGE_PNG, file, clips, ".png");
    }

    private static String name(List<String> ids) {
        return "clips " + String.join(" ", ids);
    }

    private static ResponseEntity<byte[]> saved(MediaType type, byte[] file, List<ArchivedClip> clips, String ending) {
        ContentDisposition disposition = ContentDisposition.attachment()
                .filename(ClipMedia.fileName(clips) + ending, StandardCharsets.UTF_8)
                .build();
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CACHE)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .body(file);
    }

    private List<ArchivedClip> required(List<String> ids) {
        if (ids.isEmpty() || ids.size() > ClipArchive.MAX_CLIPS) {
            throw Problems.of(
                    HttpStatus.BAD_REQUEST,
                    "id must be given 1 to " + ClipArchive.MAX_CLIPS + " times, once for each clip.");
        }
        return ids.stream().map(this::required).toList();
    }

    /** Exactly the samples that were sent. */
    @GetMapping("/clips/{id}/sound.wav")
    ResponseEntity<byte[]> sound(@PathVariable String id, HttpServletRequest request) throws IOException {
        ArchivedClip clip = required(id);
        // Its sound is unpacked anew each time.
        Problems.admit(request, again);
        try {
            ByteArrayOutputStream wav = new ByteArrayOutputStream();
            WaveWriter.write(SoundReader.read(archive.sound(clip)), wav);
            return answer(WAV, wav.toByteArray());
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw gone();
        }
    }

    /** The picture that was sent. */
    @GetMapping("/clips/{id}/picture.png")
    ResponseEntity<byte[]> picture(@PathVariable String id, HttpServletRequest request) throws IOException {
        ArchivedClip clip = required(id);
        Problems.admit(request, again);
        try {
            return answer(MediaType.IMAGE_PNG, Files.readAllBytes(archive.picture(clip)));
        } catch (NoSuchFileException e) {
            throw gone();
        }
    }

    private static ResponseEntity<byte[]> answer(MediaType type, byte[] file) {
        return ResponseEntity.ok().contentType(type).cacheControl(CACHE).body(file);
    }

    private ArchivedClip required(String id) {
        if (!ClipId.isOne(id)) {
            throw gone();
        }
        return archive.clip(new ClipId(id)).orElseThrow(ClipController::gone);
    }

    private static ErrorResponseException gone() {
        return Problems.of(
                HttpStatus.NOT_FOUND,
                "The server has no such clip any more, or never had; clips are kept for a while after they were heard.");
    }
}
