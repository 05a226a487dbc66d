package org.riffloom.guard;

import jakarta.servlet.Filter;
import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GuardProperties.class)
class GuardConfiguration {

    @Bean
    FilterRegistrationBean<SecurityHeadersFilter> securityHeaders() throws IOException {
        Resource[] pages = new PathMatchingResourcePatternResolver().getResources("classpath*:/static/*.html");
        return first(new SecurityHeadersFilter(ContentSecurityPolicy.forPages(pages)), 0);
    }

    @Bean
    FilterRegistrationBean<OriginFilter> origins(GuardProperties properties) {
        return first(new OriginFilter(new OriginPolicy(properties.allowedOrigins())), 1);
    }

    @Bean
    FilterRegistrationBean<CrossOriginFilter> crossOrigins(GuardProperties properties) {
        return first(new CrossOriginFilter(new OriginPolicy(properties.allowedOrigins())), 2);
    }

    @Bean
    WebMvcConfigurer staticFiles() {
        return new StaticFiles();
    }

    private static <F extends Filter> FilterRegistrationBean<F> first(F filter, int place) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        // After Spring's filter for forwarded headers, where that is switched on.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1 + place);
        return registration;
    }
}
