package org.riffloom.stream;

import org.riffloom.clip.HeardClips;
import org.riffloom.clip.ModelLoading;
import org.riffloom.clip.SharedMoments;
import org.riffloom.work.WorkQueue;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@EnableConfigurationProperties(StreamProperties.class)
class StreamConfiguration {

    private static final int MAX_TEXT = 64 * 1024;
    private static final int MAX_BINARY = 1024;

    @Bean
    Connections connections(
            StreamProperties properties,
            ModelLoading loading,
            WorkQueue queue,
            ObjectProvider<SharedMoments> moments,
            ObjectProvider<HeardClips> heard) {
        return new Connections(
                properties,
                loading,
                queue,
                link -> moments.stream().flatMap(one -> one.find(link).stream()).findFirst(),
                (clip, direction, model) -> heard.forEach(one -> one.heard(clip, direction, model)));
    }

    @Bean
    WebSocketConfigurer riffEndpoint(Connections connections, StreamProperties properties) {
        // The guard has already judged the origin of every handshake. A second list here would be a second truth.
        return registry -> registry.addHandler(new RiffSocket(connections, properties), "/ws/riff")
                .setHandshakeHandler(new DefaultHandshakeHandler(new UncompressedUpgrade()))
                .setAllowedOriginPatterns("*");
    }

    @Bean
    ServletServerContainerFactoryBean webSocketContainer() {
        ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
        container.setMaxTextMessageBufferSize(MAX_TEXT);
        container.setMaxBinaryMessageBufferSize(MAX_BINARY);
        return container;
    }
}
