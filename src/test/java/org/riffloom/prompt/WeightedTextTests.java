package org.riffloom.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The notation as the long-prompt-weighting pipeline reads it; weights to the last bit. */
class WeightedTextTests {

    /** A prompt, then its pieces as {@code text=weight}, with ¦ between them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '´',
            value = {
                "normal text→normal text=1.0",
                "an (important) word→an =1.0¦important=1.1¦ word=1.0",
                "(unbalanced→unbalanced=1.1",
                "\\(literal\\]→(literal]=1.0",
                "(unnecessary)(parens)→unnecessaryparens=1.1",
                "a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).→a =1.0¦house=1.5730000000000004¦ =1.1¦on=1.0"
                        + "¦ a =1.1¦hill=0.55¦, sun, =1.1¦sky=1.4641000000000006¦.=1.1",
                "a) b] c:1.2) d→a) b] c:1.2) d=1.0",
                "[x:1.5]→x:1.5=0.9090909090909091",
                "a\\\\b \\c→a\\b c=1.0",
                "((x)→x=1.2100000000000002",
                "[[x]→x=0.8264462809917354",
                "(a [b) c]→a =1.1¦b=1.0¦ c=0.9090909090909091",
                "()→=1.0",
                "x: y→x: y=1.0",
                "(x:-0.5)→x=-0.5",
                "(x:.5) (y:2.)→x=0.5¦ =1.0¦y=2.0",
                "a(b)c→a=1.0¦b=1.1¦c=1.0",
                "(x:1.3→x:1.3=1.1",
                "(a:b:1.2)→a:b=1.2",
                "[(x)]→x=1.0",
                "(x:)→x:=1.1",
                "(x:fast)→x:fast=1.1",
                "ends with \\→ends with =1.0",
            })
    void readsAsTheReferenceDoes(String prompt, String expected) {
        List<WeightedText> pieces = Arrays.stream(expected.split("¦", -1))
                .map(piece -> piece.split("=", -1))
                .map(parts -> new WeightedText(parts[0], Double.parseDouble(parts[1])))
                .toList();

        assertThat(WeightedText.parse(prompt)).isEqualTo(pieces);
    }

    /** Where the reference fails over a weight that looks like a number and is none. */
    @Test
    void weightThatIsNoNumberIsText() {
        assertThat(WeightedText.parse("(x:1.2.3)")).containsExactly(new WeightedText("x:1.2.3", 1.1));
        assertThat(WeightedText.parse("(x:.)")).containsExactly(new WeightedText("x:.", 1.1));
    }

    @Test
    void nothingIsOneEmptyPiece() {
        assertThat(WeightedText.parse("")).containsExactly(new WeightedText("", 1));
    }

    @Test
    void whiteSpaceIsKept() {
        assertThat(WeightedText.parse(" a\n(b\t):2 ").stream()
                        .map(WeightedText::text)
                        .collect(Collectors.joining("|")))
                .isEqualTo(" a\n|b\t|:2 ");
    }
}
