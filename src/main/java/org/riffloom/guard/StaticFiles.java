package org.riffloom.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * How long browsers may keep files. What has its version in its address ({@code /webjars/three/0.181.1/…}) never changes
 * and is kept for a year. All else is asked for again each time, and answered with 304 as long as its content is the
 * same; so a page and its modules always belong to one release. The tag is of the content, because files in a jar that
 * is built reproducibly all have the same date; and it is weak, because a strong one would forbid to compress them.
 */
final class StaticFiles implements WebMvcConfigurer {

    private static final String WEBJARS = "classpath:/META-INF/resources/webjars/";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        CacheControl forever =
                CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
        register(registry, "/webjars/{name}/{version:\\d.*}/**", WEBJARS, forever);
        register(registry, "/webjars/**", WEBJARS, CacheControl.noCache());
        register(registry, "/**", "classpath:/static/", CacheControl.noCache());
    }

    private static void register(ResourceHandlerRegistry registry, String path, String location, CacheControl cache) {
        registry.addResourceHandler(path)
                .addResourceLocations(location)
                .setCacheControl(cache)
                .setUseLastModified(false)
                .setEtagGenerator(StaticFiles::tag)
                .resourceChain(true);
    }

    private static String tag(Resource file) {
        try (InputStream content = file.getInputStream()) {
            return "W/\"" + DigestUtils.md5DigestAsHex(content) + "\"";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
