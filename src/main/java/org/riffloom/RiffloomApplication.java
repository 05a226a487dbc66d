package org.riffloom;

import org.riffloom.cli.RiffloomCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Serves the page and the live stream or, with a command, does that and exits. */
@SpringBootApplication
public class RiffloomApplication {

    public static void main(String[] args) {
        if (RiffloomCommand.isMeantBy(args)) {
            System.exit(RiffloomCommand.execute(args));
        }
        SpringApplication.run(RiffloomApplication.class, args);
    }
}
