// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The pin.  The guest is booted to enforce, with neither a pin nor the leave to
 * do without.
 */

#include "guest.h"

#include "compile.h"

static const char source[] = "name = \"right\"\n[uvm]\nclass = \"free\"\n";
static const char other[] = "name = \"wrong\"\n[uvm]\nclass = \"free\"\n";

static int load_text(const char *text)
{
	u32 length;
	u8 *table = compile_text(text, &length);
	int err;

	if (!table)
		return -EINVAL;
	err = write_kernel("load", table, length);
	free(table);
	return err;
}

static int set_pin(const char *text)
{
	return write_kernel("pin", text, strlen(text));
}

/* What the command prints is what the kernel wants. */
static int digest_of(const char *text, char *digest, int size)
{
	FILE *command;
	int err = write_text("/tmp/right.toml", text);

	if (err)
		return err;
	command = popen("mandate compile -o /tmp/right /tmp/right.toml", "re");
	if (!command || !fgets(digest, size, command))
		err = -EIO;
	if (command && pclose(command))
		err = -EIO;
	digest[strcspn(digest, " ")] = 0;
	return err;
}

/* One test, because the pin is set once and the policy loaded once. */
TEST(pin)
{
	char text[256];

	EXPECT_EQ(-ENOKEY, load_text(source));
	ASSERT_EQ(0, read_kernel("features", text, sizeof(text)));
	EXPECT_EQ(NULL, strstr(text, "unpinned"));

	EXPECT_EQ(-EINVAL, set_pin("sha256:"));
	EXPECT_EQ(-EINVAL, set_pin("x"));
	memset(text, 'f', sizeof(text));
	memcpy(text, "sha256:", 7);
	text[7 + 63] = 0;
	EXPECT_EQ(-EINVAL, set_pin(text));
	text[7 + 63] = 'g';
	text[7 + 64] = 0;
	EXPECT_EQ(-EINVAL, set_pin(text));
	memcpy(text, "sha384:", 7);
	text[7 + 63] = 'f';
	EXPECT_EQ(-EINVAL, set_pin(text));
	EXPECT_EQ(-ENOKEY, load_text(source));

	ASSERT_EQ(0, digest_of(source, text, sizeof(text)));
	EXPECT_EQ(0, set_pin(text));
	EXPECT_EQ(-EEXIST, set_pin(text));
	EXPECT_EQ(-EKEYREJECTED, load_text(other));
	EXPECT_NE(0, access(SECURITYFS "/policy", F_OK));
	EXPECT_EQ(0, load_text(source));
	EXPECT_EQ(0, access(SECURITYFS "/policy", F_OK));
	EXPECT_EQ(-EEXIST, load_text(source));
}

TEST_HARNESS_MAIN
