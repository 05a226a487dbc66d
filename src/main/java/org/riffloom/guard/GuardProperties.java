package org.riffloom.guard;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The guard's share of {@code riffloom.*}.
 *
 * @param allowedOrigins whose pages may do more than look, beside this server's own; {@code *} for all
 */
@ConfigurationProperties("riffloom")
public record GuardProperties(@DefaultValue List<String> allowedOrigins) {

    public GuardProperties {
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
