package dev.lanewise.dsl.session;

import java.util.Optional;

/**
 * A statement that was typed and succeeded.
 *
 * @param text as it was typed
 * @param binds the name that it binds
 * @param unnamed whether that name was given to a result that was typed without one
 */
record Entry(String text, Optional<String> binds, boolean unnamed) {}
