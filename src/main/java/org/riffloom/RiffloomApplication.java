package org.riffloom;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Serves the page and the live stream. */
@SpringBootApplication
public class RiffloomApplication {

    public static void main(String[] args) {
        SpringApplication.run(RiffloomApplication.class, args);
    }
}
