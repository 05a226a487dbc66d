package org.riffloom.diffusion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.riffloom.checkpoint.TextualInversion;

/** Words beyond the vocabulary: each stands for tokens whose ids follow the vocabulary's. */
final class LearnedWords {

    private final Map<String, long[]> ids = new LinkedHashMap<>();
    private final Pattern words;

    /**
     * Numbers words in the order of the list.
     *
     * @param vocabulary number of ids that are taken
     * @throws IllegalArgumentException if two are spelled the same
     */
    LearnedWords(List<TextualInversion> inversions, int vocabulary) {
        long next = vocabulary;
        for (TextualInversion inversion : inversions) {
            long end = next + inversion.tokens();
            if (ids.put(key(inversion.token()), LongStream.range(next, end).toArray()) != null) {
                throw new IllegalArgumentException(
                        "Two embeddings are for the word \"" + inversion.token() + "\"; give one another token.");
            }
            next = end;
        }
        this.words = Pattern.compile(
                ids.keySet().stream()
                        // Of two words that begin alike, the longer one is meant where it fits.
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** The ids of a text, of which what lies between these words is left to a tokenizer. */
    long[] split(String text, Function<String, long[]> tokenizer) {
        if (ids.isEmpty()) {
            return tokenizer.apply(text);
        }
        List<long[]> parts = new ArrayList<>();
        Matcher word = words.matcher(text);
        int end = 0;
        while (word.find()) {
            parts.add(tokenizer.apply(text.substring(end, word.start())));
            parts.add(ids.getOrDefault(key(word.group()), new long[0]));
            end = word.end();
        }
        parts.add(tokenizer.apply(text.substring(end)));
        return parts.stream().flatMapToLong(LongStream::of).toArray();
    }

    private static String key(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
