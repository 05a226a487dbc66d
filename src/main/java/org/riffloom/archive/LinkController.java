package org.riffloom.archive;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.riffloom.archive.ClipArchive.Shared;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.LoadedModel;
import org.riffloom.clip.ModelLoading;
import org.riffloom.json.Fields;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.web.NotHere;
import org.riffloom.web.Problems;
import org.riffloom.web.RequestBudget;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Shares clips, serves what a link leads to, and takes links back. */
@RestController
final class LinkController {

    private static final String BEARER = "Bearer ";

    /** A link can be taken back, so nothing of it may be kept for long without asking. */
    private static final CacheControl CACHE =
            CacheControl.maxAge(Duration.ofMinutes(10)).cachePublic();

    private final ClipArchive archive;
    private final ClipKeeper keeper;
    private final ClipMedia media;
    private final FileDesk files;
    private final RequestBudget shares;
    private final ObjectProvider<ModelLoading> loading;

    LinkController(
            ClipArchive archive,
            ClipKeeper keeper,
            ClipMedia media,
            LinkLimits limits,
            FileDesk files,
            ObjectProvider<ModelLoading> loading) {
        this.archive = archive;
        this.keeper = keeper;
        this.media = media;
        this.files = files;
        this.shares = new RequestBudget(limits.sharesPerClient(), limits.shares(), System::nanoTime);
        this.loading = loading;
    }

    /** What the one who shares is told; the key only here, and only once. */
    record Sharing(String id, String url, String key) {}

    @PostMapping(path = "/links", consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<Sharing>> share(@RequestBody String body, HttpServletRequest request) {
        Problems.admit(request, shares);
        String links = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/c/")
                .build()
                .toUriString();
        return keeper.share(clips(body)).thenApply(shared -> {
            if (shared instanceof Shared.Done done) {
                String url = links + done.link();
                return ResponseEntity.created(URI.create(url))
                        .cacheControl(CacheControl.noStore())
                        .body(new Sharing(done.link().value(), url, done.owner().value()));
            }
            throw shared instanceof Shared.Gone gone
                    ? Problems.of(
                            HttpStatus.NOT_FOUND,
                            "The server has no clip " + gone.clips().get(0)
                                    + " any more, or never had; clips can be shared for a while after they were heard.")
                    : Problems.of(
                            HttpStatus.INSUFFICIENT_STORAGE,
                            "There is no room for more shared clips; riffloom.archive.shared-size sets how much there is.");
        });
    }

    private static List<ClipId> clips(String body) {
        try {
            Fields fields = Fields.parse(body, "The body");
            List<String> texts = fields.requiredStrings("clips", "a list of the ids of clips");
            if (!texts.stream().allMatch(ClipId::isOne)) {
                throw fields.wrong("clips", "a list of ids of clips, each 22 characters of URL-safe base64");
            }
            List<ClipId> ids = texts.stream().map(ClipId::new).toList();
            if (ids.isEmpty() || ids.size() > ClipArchive.MAX_CLIPS || new HashSet<>(ids).size() < ids.size()) {
                throw new InvalidRequestException(
                        "clips", "clips must be the ids of 1 to " + ClipArchive.MAX_CLIPS + " different clips.");
            }
            return ids;
        } catch (InvalidRequestException e) {
            throw Problems.of(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    @DeleteMapping("/links/{id}")
    ResponseEntity<Void> remove(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, defaultValue = "") String authorization) {
        String key = authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : "";
        if (!ClipId.isOne(id) || !archive.remove(new LinkId(id), new OwnerKey(key))) {
            throw Problems.of(HttpStatus.NOT_FOUND, "There is no such link, or the key is not its owner's.");
        }
        return ResponseEntity.noContent().build();
    }

    @GetMapping(path = "/c/{id}", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(@PathVariable String id) {
        Optional<SharedLink> link = find(id);
        if (link.isEmpty()) {
            return NotHere.page(
                    "This music is not here",
                    "The link has a typing error, or the one who shared it has taken it back.");
        }
        String home = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/")
                .build()
                .toUriString();
        return new ModelAndView("link", Map.of("link", LinkPage.of(link.get(), home, loaded())));
    }

    private @Nullable LoadedModel loaded() {
        return loading.stream()
                .map(one -> one.model().toCompletableFuture())
                .filter(model -> model.isDone() && !model.isCompletedExceptionally())
                .map(CompletableFuture::join)
                .findFirst()
                .orElse(null);
    }

    @GetMapping("/c/{id}/sound.{ending}")
    ResponseEntity<Resource> sound(
            @PathVariable String id,
            @PathVariable String ending,
            @RequestParam(name = "download", required = false) @Nullable String download,
            HttpServletRequest request) {
        SharedLink link = required(id);
        ClipMedia.Format format = format(ending);
        String address = address(link);
        // The address is in the tags, and not every request comes by the same one.
        byte[] sound = files.file(address + "." + format, () -> media.sound(link.clips(), format, address), request);
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(format.mediaType))
                .cacheControl(CACHE);
        if (download != null) {
            ContentDisposition disposition = ContentDisposition.attachment()
                    .filename(ClipMedia.fileName(link.clips()) + "." + format.ending(), StandardCharsets.UTF_8)
                    .build();
            answer.header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString());
        }
        // As a resource, parts of which can be asked for: without, some players play nothing.
        return answer.body(new ByteArrayResource(sound));
    }

    @GetMapping("/c/{id}/card.jpg")
    ResponseEntity<byte[]> card(@PathVariable String id, HttpServletRequest request) {
        SharedLink link = required(id);
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .cacheControl(CACHE)
                .body(files.file(link.id() + ".card", () -> media.card(link.clips()), request));
    }

    /** The oEmbed specification, 1.0: a picture, for sites that make no more of a link. */
    @GetMapping(path = "/oembed", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> oembed(
            @RequestParam String url, @RequestParam(defaultValue = "json") String format, HttpServletRequest request) {
        files.admit(request);
        if (!format.equals("json")) {
            throw Problems.of(HttpStatus.NOT_IMPLEMENTED, "The format is \"" + format + "\"; there is json.");
        }
        String links = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/c/")
                .build()
                .toUriString();
        SharedLink link = required(url.startsWith(links) ? url.substring(links.length()) : "");
        return Map.of(
                "version",
                "1.0",
                "type",
                "photo",
                "title",
                ClipMedia.tags(link.clips(), "").title(),
                "provider_name",
                "Riffloom",
                "provider_url",
                links.substring(0, links.length() - "c/".length()),
                "url",
                address(link) + "/card.jpg",
                "width",
                LinkCard.WIDTH,
                "height",
                LinkCard.HEIGHT);
    }

    private static String address(SharedLink link) {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/c/")
                .path(link.id().value())
                .build()
                .toUriString();
    }

    private static ClipMedia.Format format(String ending) {
        return ClipMedia.Format.of(ending)
                .orElseThrow(() -> Problems.of(
                        HttpStatus.NOT_FOUND, "There is no sound." + ending + "; there are wav, flac, mp3 and opus."));
    }

    private SharedLink required(String id) {
        return find(id).orElseThrow(() -> Problems.of(
                HttpStatus.NOT_FOUND, "There is no such link, or the one who shared it has taken it back."));
    }

    private Optional<SharedLink> find(String id) {
        return ClipId.isOne(id) ? archive.link(new LinkId(id)) : Optional.empty();
    }
}
