package org.riffloom.prompt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one prompt for {@link WeightedText#parse}. */
final class WeightParser {

    private static final double EMPHASIS = 1.1;
    private static final Pattern TOKEN = Pattern.compile(
            "(?<escape>\\\\[()\\[\\]\\\\]?)|:(?<weight>[+-]?(?:\\d+\\.?\\d*|\\.\\d+))\\)|(?<bracket>[()\\[\\]])|"
                    + "[^\\\\()\\[\\]:]+|:");

    private final List<String> texts = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();

    /** For each bracket that is open, the first piece inside it. */
    private final Deque<Integer> round = new ArrayDeque<>();

    private final Deque<Integer> square = new ArrayDeque<>();

    List<WeightedText> parse(String prompt) {
        Matcher token = TOKEN.matcher(prompt);
        while (token.find()) {
            String escape = token.group("escape");
            String weight = token.group("weight");
            if (escape != null) {
                add(escape.substring(1));
            } else if (weight != null && !round.isEmpty()) {
                multiply(round.pop(), Double.parseDouble(weight));
            } else if (token.group("bracket") == null || !bracket(token.group())) {
                add(token.group());
            }
        }
        // The outermost first: rounding depends on the order.
        round.descendingIterator().forEachRemaining(piece -> multiply(piece, EMPHASIS));
        square.descendingIterator().forEachRemaining(piece -> multiply(piece, 1 / EMPHASIS));
        return joined();
    }

    /** Opens or closes one; false if there is none to close. */
    private boolean bracket(String text) {
        switch (text) {
            case "(" -> round.push(texts.size());
            case "[" -> square.push(texts.size());
            case ")" -> {
                return close(round, EMPHASIS);
            }
            default -> {
                return close(square, 1 / EMPHASIS);
            }
        }
        return true;
    }

    private boolean close(Deque<Integer> open, double weight) {
        if (open.isEmpty()) {
            return false;
        }
        multiply(open.pop(), weight);
        return true;
    }

    private void add(String text) {
        texts.add(text);
        weights.add(1.0);
    }

    private void multiply(int firstPiece, double weight) {
        for (int i = firstPiece; i < weights.size(); i++) {
            weights.set(i, weights.get(i) * weight);
        }
    }

    private List<WeightedText> joined() {
        List<WeightedText> pieces = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            WeightedText piece = new WeightedText(texts.get(i), weights.get(i));
            int last = pieces.size() - 1;
            if (last >= 0 && pieces.get(last).weight() == piece.weight()) {
                pieces.set(last, new WeightedText(pieces.get(last).text() + piece.text(), piece.weight()));
            } else {
                pieces.add(piece);
            }
        }
        return pieces.isEmpty() ? List.of(new WeightedText("", 1)) : List.copyOf(pieces);
    }
}
