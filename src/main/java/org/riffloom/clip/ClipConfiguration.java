package org.riffloom.clip;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelProperties.class)
class ClipConfiguration {

    @Bean
    ModelLoading modelLoading(ModelProperties settings) {
        return new BackgroundLoading(settings);
    }
}
