package org.riffloom.own;

import java.time.Clock;
import org.riffloom.clip.KeptClips;
import org.riffloom.clip.OwnPictureProperties;
import org.riffloom.clip.OwnPictures;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UploadLimits.class)
class OwnConfiguration {

    @Bean
    Sweeper ownPictureSweeper(OwnPictures pictures, OwnPictureProperties properties, KeptClips clips) {
        return new Sweeper(pictures, properties, clips, Clock.systemUTC());
    }
}
