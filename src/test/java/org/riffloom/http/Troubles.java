package org.riffloom.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Hears what a server has to complain of, from when it has started: warnings, errors, and whatever has a stack trace. */
public final class Troubles extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final List<String> heard = new CopyOnWriteArrayList<>();

    public Troubles() {
        setContext(root.getLoggerContext());
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        if (event.getLevel().isGreaterOrEqual(Level.WARN) || thrown != null) {
            heard.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage()
                    + (thrown == null ? "" : " | " + thrown.getClassName() + ": " + thrown.getMessage()));
        }
    }

    /** What has been heard, a line for each. */
    public List<String> heard() {
        return heard;
    }

    @Override
    public void close() {
        root.detachAppender(this);
    }
}
