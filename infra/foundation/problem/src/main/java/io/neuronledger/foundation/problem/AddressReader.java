package io.neuronledger.foundation.problem;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.regex.Pattern;
import org.springframework.core.convert.converter.Converter;

/** Reads an address in lower case, in upper case, or with its EIP-55 checksum. */
public final class AddressReader implements Converter<String, WalletAddress> {
  private static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{40}");

  /** @throws Refusal for anything else */
  @Override
  public WalletAddress convert(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new Refusal(ProblemCode.MALFORMED_ADDRESS, "an address is 0x and 40 hex digits");
    }
    try {
      return WalletAddress.typed(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ProblemCode.WRONG_CHECKSUM,
          "mixed-case digits must carry the EIP-55 checksum; a letter is wrong");
    }
  }
}
