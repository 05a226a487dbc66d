package org.riffloom;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    @Test
    void packagesKeepTheirBorders() {
        ApplicationModules.of(RiffloomApplication.class).verify();
    }
}
