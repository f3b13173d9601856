// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sealed copies: how runtimes execute themselves.
 *
 * runc and crun do not execute their own file near a container, lest that
 * write to it (CVE-2019-5736).  Where they cannot make a read-only mount of it
 * they execute a memfd into which they have copied it and which is sealed.
 * Its content can never change again, so it is as good as the file if it is
 * the same.  No digest has to be kept for that: the file to compare with is
 * the one that is being executed.
 */

#include <linux/fcntl.h>
#include <linux/memfd.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "measured.h"
#include "sealed.h"

/* Pages are copied by so many bytes at a time. */
#define CHUNK 16384

static bool is_sealed(struct file *const file)
{
	const long wanted = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK;
	const long seals = memfd_fcntl(file, F_GET_SEALS, 0);

	return seals >= 0 && (seals & wanted) == wanted;
}

static bool have_same_content(struct file *const first,
			      struct file *const second)
{
	const loff_t size = i_size_read(file_inode(first));
	loff_t first_at = 0, second_at = 0;
	bool same = size == i_size_read(file_inode(second));
	char *const buffer = same ? kmalloc(2 * CHUNK, GFP_KERNEL) : NULL;

	if (!buffer)
		return false;
	while (same && first_at < size) {
		const size_t part = min_t(loff_t, CHUNK, size - first_at);

		same = kernel_read(first, buffer, part, &first_at) == part &&
		       kernel_read(second, buffer + CHUNK, part, &second_at) ==
			       part &&
		       !memcmp(buffer, buffer + CHUNK, part);
	}
	kfree(buffer);
	return same;
}

/**
 * mandate_accept_sealed_copy - Count a sealed copy as measured
 *
 * @file: What current is about to execute.
 *
 * A memfd that can never change again and has the content of the program that
 * current is, which is measured itself, is from now on measured as well.
 *
 * Context: Process context, in an exec before the new program has replaced
 *	the old one.  May sleep, and reads both files.
 */
void mandate_accept_sealed_copy(struct file *const file)
{
	struct file *self;

	if (mandate_is_measured(file) || !is_sealed(file))
		return;
	self = get_task_exe_file(current);
	if (!self)
		return;
	if (mandate_use_measured(self) && have_same_content(self, file))
		mandate_adopt_measured(file);
	fput(self);
}
