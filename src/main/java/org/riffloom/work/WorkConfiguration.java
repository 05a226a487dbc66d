package org.riffloom.work;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkProperties.class)
class WorkConfiguration {

    /** Spring closes it, after everything that puts jobs into it. */
    @Bean
    FairQueue workQueue(WorkProperties properties) {
        return new FairQueue(
                        properties.workers(), properties.capacity(), properties.maxWait(), properties.shutdownWait())
                .start();
    }
}
