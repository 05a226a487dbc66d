package org.riffloom.archive;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.WaveWriter;
import org.riffloom.clip.ClipId;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
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

    ClipController(ClipArchive archive) {
        this.archive = archive;
    }

    /** Exactly the samples that were sent. */
    @GetMapping("/clips/{id}/sound.wav")
    ResponseEntity<byte[]> sound(@PathVariable String id) throws IOException {
        ArchivedClip clip = required(id);
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
    ResponseEntity<byte[]> picture(@PathVariable String id) throws IOException {
        ArchivedClip clip = required(id);
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
        String detail =
                "The server has no such clip any more, or never had; clips are kept for a while after they were heard.";
        return new ErrorResponseException(
                HttpStatus.NOT_FOUND, ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, detail), null);
    }
}
