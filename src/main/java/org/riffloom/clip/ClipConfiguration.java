package org.riffloom.clip;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ModelProperties.class, OwnPictureProperties.class})
class ClipConfiguration {

    @Bean
    OwnPictures ownPictures(ModelProperties settings, OwnPictureProperties properties) {
        return OwnPictures.of(settings, properties);
    }

    @Bean
    ModelLoading modelLoading(ModelProperties settings, OwnPictures own) {
        return new BackgroundLoading(settings, own);
    }
}
