package org.riffloom.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A page for people whose address leads nowhere; programs get a problem in its place. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class NotHere {

    /**
     * The page, with status 404.
     *
     * @param what is not here, as a headline
     * @param why that may be
     */
    public static ModelAndView page(String what, String why) {
        String home = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/")
                .build()
                .toUriString();
        ModelAndView page = new ModelAndView("not-here", Map.of("home", home, "what", what, "why", why));
        page.setStatus(HttpStatus.NOT_FOUND);
        return page;
    }

    @ExceptionHandler
    Object nowhere(NoResourceFoundException e, HttpServletRequest request) {
        // Programs take anything; browsers name what they want.
        String accepted = String.valueOf(request.getHeader(HttpHeaders.ACCEPT));
        return accepted.contains(MediaType.TEXT_HTML_VALUE)
                ? page("There is nothing here", "The address may have a typing error.")
                : ResponseEntity.of(e.getBody()).build();
    }
}
